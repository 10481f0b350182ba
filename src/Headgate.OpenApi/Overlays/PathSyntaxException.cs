namespace Headgate.OpenApi.Overlays;

/// <summary>A JSONPath that cannot be parsed. Stays inside the parser, whose descent it ends.</summary>
internal sealed class PathSyntaxException(string message, bool unsupported) : Exception(message)
{
    /// <summary>Whether it is a feature of RFC 9535 that is not supported, rather than a mistake.</summary>
    public bool Unsupported { get; } = unsupported;
}
