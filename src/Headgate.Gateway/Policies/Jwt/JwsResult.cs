namespace Headgate.Gateway.Policies.Jwt;

/// <summary>What became of checking a signature, with what goes with it.</summary>
internal readonly ref struct JwsResult
{
    public required JwsOutcome Outcome { get; init; }

    /// <summary>Why the token is refused, for its sender to read.</summary>
    public string Reason { get; init; }

    /// <summary>The id of the key that the token names, or null.</summary>
    public string? KeyId { get; init; }

    /// <summary>What was signed, decoded; empty unless verified.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    public static JwsResult Refuse(string reason) => new() { Outcome = JwsOutcome.Refused, Reason = reason };
}
