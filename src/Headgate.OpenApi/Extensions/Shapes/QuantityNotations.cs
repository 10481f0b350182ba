using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>The numbers with units that documents have.</summary>
internal static class QuantityNotations
{
    public static QuantityNotation<Duration> Duration { get; } = new()
    {
        Parse = text => Values.Duration.TryParse(text, out Duration value) ? value : null,
        Noun = "duration",
        Examples = "30 (seconds), \"30s\" or \"500ms\"",
        Malformed = ExtensionDiagnostics.BadDuration,
        Fix = "Write a number of seconds, or a number with ms, s, m, h or d: 30, \"500ms\", \"1h\".",
        Description = "A length of time: a number of seconds, or a number with a unit of ms, s, m, h or d.",
        NumberType = "number",
        Units = "ms|s|m|h|d",
    };

    public static QuantityNotation<ByteSize> Size { get; } = new()
    {
        Parse = text => ByteSize.TryParse(text, out ByteSize value) ? value : null,
        Noun = "size",
        Examples = "1024 (bytes), \"16KiB\" or \"1MiB\"",
        Malformed = ExtensionDiagnostics.BadSize,
        Fix = "Write a number of bytes, or a number with KiB, MiB, GiB, kB, MB or GB: 1024, \"16KiB\", \"1MiB\".",
        Description = "A size: a number of bytes, or a number with a unit of KiB, MiB, GiB, kB, MB or GB.",
        NumberType = "integer",
        Units = "KiB|MiB|GiB|kB|KB|MB|GB|B",
    };
}
