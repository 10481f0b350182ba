namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What became of an alternative.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Caller">Who calls; null for nobody in particular, and unless it holds.</param>
/// <param name="Scheme">The scheme that does not hold; null when all do.</param>
/// <param name="Reason">Why not.</param>
internal readonly record struct AlternativeResult(AuthenticationOutcome Outcome, Caller? Caller, RequiredScheme? Scheme, string Reason)
{
    /// <summary>The scope that a credential lacks which is otherwise in order; null when that is not the matter.</summary>
    public string? MissingScope { get; init; }

    /// <summary>The id of the API key that is part of it; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How near it came: who lacks a scope has shown more than who has nothing.</summary>
    public int Rank => MissingScope is null ? (int)Outcome : (int)AuthenticationOutcome.Unavailable + 1;
}
