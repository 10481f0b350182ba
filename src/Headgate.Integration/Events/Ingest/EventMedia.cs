namespace Headgate.Integration.Events.Ingest;

/// <summary>Media types of events.</summary>
internal static class EventMedia
{
    public const string Structured = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Json = "application/json";

    /// <summary>Type and subtype in lower case, without parameters.</summary>
    public static string Essence(string mediaType) => mediaType.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Whether data of a type are JSON (CloudEvents JSON format 1.0.2 §3.1: the subtype is json or ends in +json).</summary>
    public static bool IsJson(string mediaType)
    {
        string essence = Essence(mediaType);
        return essence.EndsWith("/json", StringComparison.Ordinal) || essence.EndsWith("+json", StringComparison.Ordinal);
    }

    /// <summary>Whether a type names another encoding of text than UTF-8, the only one that JSON has between systems (RFC 8259 §8.1).</summary>
    public static bool IsOtherThanUtf8(string mediaType)
    {
        int at = mediaType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && !mediaType.AsSpan(at + "charset=".Length).TrimStart('"').StartsWith("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
