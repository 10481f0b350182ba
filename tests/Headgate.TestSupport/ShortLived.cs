namespace Headgate.TestSupport;

/// <summary>
/// The runtime's switches for programs that live for seconds: a third of the processor time of such a program goes into optimising code of which it then makes no use. Not for tests
/// of what something costs.
/// </summary>
public static class ShortLived
{
    /// <summary>What goes into the environment of such a program. It has the gateway's own switches too, without which it starts a second time.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_TieredPGO"] = "0",
        // Milliseconds, as the runtime reads numbers: in hexadecimal. Ten seconds.
        ["DOTNET_TC_CallCountingDelayMs"] = "2710",
    };

    /// <summary>Puts the switches into an environment.</summary>
    public static void ApplyTo(IDictionary<string, string?> environment)
    {
        foreach ((string name, string value) in Environment)
            environment[name] = value;
    }
}
