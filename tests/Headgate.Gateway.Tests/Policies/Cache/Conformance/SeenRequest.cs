namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>A request as the upstream saw it.</summary>
internal sealed record SeenRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers)
{
    public int Number { get; init; }

    /// <summary>The fields of the answer that the client has to see as they were.</summary>
    public IReadOnlyList<(string Name, string Value)> Checked { get; init; } = [];

    public static SeenRequest Parse(string head)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] start = lines[0].Split(' ');
        return new SeenRequest(start[0], start[1], [.. lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => (pair[0].ToLowerInvariant(), pair[1].Trim()))]);
    }

    /// <summary>A field; null when there is none.</summary>
    public string? Header(string name)
    {
        string[] values = [.. Headers.Where(header => header.Name == name).Select(header => header.Value)];
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}
