namespace Headgate.Gateway.Tests.Forwarding.Chaos;

/// <summary>What is wrong with a server.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It takes requests and says nothing.</summary>
    Hangs,

    /// <summary>It resets connections on which a request came.</summary>
    Resets,

    /// <summary>It answers with what is not HTTP.</summary>
    TalksNonsense,

    /// <summary>It answers a byte at a time, slowly.</summary>
    Trickles,

    /// <summary>It answers ten times as slowly as before.</summary>
    SlowsDown,
}
