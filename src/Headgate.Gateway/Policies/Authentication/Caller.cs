namespace Headgate.Gateway.Policies.Authentication;

/// <summary>Who calls, as a verified credential says. Immutable; one object may stand for many requests.</summary>
public sealed record Caller
{
    /// <summary>The user; null for a credential that speaks for nobody in particular. Visible ASCII: upstreams see it in a header.</summary>
    public string? User { get; init; }

    /// <summary>The tenant, or null when the credential names none. Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public string? Tenant { get; init; }

    /// <summary>To whom the store may have assigned roles: the user of a token, the service account, or the API key itself, whoever its owner is; null for nobody in particular.</summary>
    public Subject? Subject { get; init; }

    /// <summary>The id of the service account; null for whoever is none, whatever a user is called.</summary>
    public string? ServiceAccount => Subject is { Kind: SubjectKind.ServiceAccount } account ? account.Id : null;

    /// <summary>The scopes that were granted to the credential.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The roles that the credential says.</summary>
    public IReadOnlyList<RoleGrant> Roles { get; init; } = [];

    /// <summary>Further claims that the document reads, by name; those alone are kept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Claims { get; init; } = [];

    /// <summary>The value of a claim that the document reads; null when the credential has none.</summary>
    public string? Claim(string name)
    {
        for (int i = 0; i < Claims.Count; i++)
        {
            if (string.Equals(Claims[i].Key, name, StringComparison.Ordinal))
                return Claims[i].Value;
        }

        return null;
    }

    /// <summary>Whether the credential has a scope.</summary>
    public bool HasScope(string scope)
    {
        for (int i = 0; i < Scopes.Count; i++)
        {
            if (string.Equals(Scopes[i], scope, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
