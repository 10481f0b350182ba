namespace Commerce.Users.Identity;

/// <summary>An authorization request that is in order.</summary>
internal sealed record AuthorizationRequest
{
    public required RedirectTarget Target { get; init; }

    /// <summary>The request as it came: the sign-in page carries it along.</summary>
    public required string Text { get; init; }

    public required string Scope { get; init; }

    /// <summary>The PKCE challenge, S256.</summary>
    public required string Challenge { get; init; }

    public string? Nonce { get; init; }

    /// <summary>What <c>prompt</c> asks for: <c>none</c>, <c>login</c>, <c>consent</c>, <c>select_account</c>.</summary>
    public IReadOnlyList<string> Prompt { get; init; } = [];

    /// <summary>How long ago the user may have signed in.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The name that the page proposes.</summary>
    public string? LoginHint { get; init; }

    /// <summary>The user whom the application means, from its <c>id_token_hint</c>.</summary>
    public string? Subject { get; init; }

    public bool IsSilent => Prompt.Contains("none");

    /// <summary>
    /// Whether a sign-in of before spares the user a new one. RFC 8252 §8.6: not where the application could be any program
    /// of this machine, because then nobody would notice.
    /// </summary>
    public bool MayReuse(IdentitySession session, DateTimeOffset now) =>
        !Target.Client.IsPublic
        && (Prompt.Count == 0 || IsSilent)
        && (Subject is null || Subject == session.UserId)
        // OpenID Connect Core 1.0 §3.1.2.1.
        && (MaxAge is not { } age || now - DateTimeOffset.FromUnixTimeSeconds(session.AuthTime) < age);
}
