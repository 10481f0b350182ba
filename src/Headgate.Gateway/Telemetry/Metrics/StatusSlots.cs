using System.Globalization;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>
/// The values of the label <c>code</c>: each registered HTTP status has its own, anything else counts as its class (<c>2xx</c>) or <c>other</c>, so that
/// an upstream cannot make series at will.
/// </summary>
internal static class StatusSlots
{
    // IANA HTTP Status Code Registry, and 499 for a client that went away.
    private static readonly int[] s_known =
    [
        100, 101, 102, 103, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308,
        400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499,
        500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511,
    ];

    private static readonly string[] s_classes = ["other", "1xx", "2xx", "3xx", "4xx", "5xx"];
    private static readonly byte[] s_slotOf = MakeTable();

    /// <summary>The number of slots.</summary>
    public static int Count => s_known.Length + s_classes.Length;

    /// <summary>The slot of a status.</summary>
    public static int Of(int status) => s_slotOf[(uint)status < (uint)s_slotOf.Length ? status : 0];

    /// <summary>The label value of a slot.</summary>
    public static string Label(int slot) =>
        slot < s_classes.Length ? s_classes[slot] : s_known[slot - s_classes.Length].ToString(CultureInfo.InvariantCulture);

    private static byte[] MakeTable()
    {
        var table = new byte[600];
        for (int status = 100; status < table.Length; status++)
            table[status] = (byte)(status / 100);
        for (int i = 0; i < s_known.Length; i++)
            table[s_known[i]] = (byte)(s_classes.Length + i);
        return table;
    }
}
