namespace Headgate.Architecture.Tests;

/// <summary>The files over the usual size, each with its reason. May only shrink.</summary>
internal static class AllowedSizes
{
    public static IReadOnlyDictionary<string, string> LongFiles { get; } = new Dictionary<string, string>
    {
        ["src/Headgate.Gateway/Forwarding/Http1/UpstreamConnection.cs"] = "The socket and its two directions change together.",
    };
}
