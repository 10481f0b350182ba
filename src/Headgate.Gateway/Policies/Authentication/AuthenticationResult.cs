namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What an authenticator found in a request.</summary>
public readonly record struct AuthenticationResult
{
    private AuthenticationResult(AuthenticationOutcome outcome, Caller? caller, string reason) => (Outcome, Caller, Reason) = (outcome, caller, reason);

    /// <summary>The request has no such credential.</summary>
    public static AuthenticationResult NotPresented { get; } = new(AuthenticationOutcome.NotPresented, null, "");

    /// <summary>What was found.</summary>
    public AuthenticationOutcome Outcome { get; }

    /// <summary>Who calls; null unless authenticated.</summary>
    public Caller? Caller { get; }

    /// <summary>The id of the API key that was presented; null unless it was one that holds.</summary>
    public string? ApiKey { get; private init; }

    /// <summary>Why not, for the client to read: printable ASCII without quotation marks and backslashes, and no secret. Empty when authenticated.</summary>
    public string Reason { get; }

    /// <summary>The credential holds.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="apiKey">The id of the API key, where it is one.</param>
    public static AuthenticationResult Authenticated(Caller caller, string? apiKey = null) => new(AuthenticationOutcome.Authenticated, caller, "") { ApiKey = apiKey };

    /// <summary>The credential does not hold.</summary>
    public static AuthenticationResult Refused(string reason) => new(AuthenticationOutcome.Refused, null, reason);

    /// <summary>Whether it holds cannot be known now.</summary>
    public static AuthenticationResult Unavailable(string reason) => new(AuthenticationOutcome.Unavailable, null, reason);
}
