namespace Headgate.Gateway.Policies.Authentication;

/// <summary>One scheme of an alternative. Immutable.</summary>
/// <param name="Key">The scheme's key in the document.</param>
/// <param name="Authenticator">Who checks it; null when that is left to the upstreams.</param>
/// <param name="Scopes">The scopes that the credential must have.</param>
internal sealed record RequiredScheme(string Key, Authenticator? Authenticator, string[] Scopes)
{
    /// <summary>The first scope that a caller lacks, or null.</summary>
    public string? Lacks(Caller caller)
    {
        foreach (string scope in Scopes)
        {
            if (!caller.HasScope(scope))
                return scope;
        }

        return null;
    }

    public override string ToString() => Scopes.Length == 0 ? Key : $"{Key} [{string.Join(' ', Scopes)}]";
}
