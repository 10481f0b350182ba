using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>A service account as somebody wants it. Immutable.</summary>
/// <param name="Name">What people call it: 1 to 100 characters, none of them a control.</param>
/// <param name="Tenant">The tenant for which it calls: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, at most 128; null for none.</param>
/// <param name="Scopes">The scopes that its tokens may have: at most 64, each as RFC 6749 §3.3 has it and of at most 100 characters.</param>
/// <param name="Expires">From when on it may have none; null for never.</param>
public sealed record NewServiceAccount(string Name, string? Tenant, IReadOnlyList<string> Scopes, DateTimeOffset? Expires)
{
    /// <summary>The most scopes of an account.</summary>
    public const int MostScopes = 64;

    private const int MostNameChars = 100;
    private const int MostScopeChars = 100;

    /// <summary>What keeps it from being made, in a sentence; null when nothing does.</summary>
    public string? ProblemAt(DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MostNameChars || Name.Any(char.IsControl))
            return $"The name has not 1 to {MostNameChars} characters on one line.";
        if (Tenant is not null && !CallerText.IsTenant(Tenant))
            return $"The tenant has not 1 to {CallerText.MostTenantChars} letters, digits, '.', '_' and '-'.";
        if (Scopes.Count > MostScopes || !Scopes.All(IsScope))
            return $"There are at most {MostScopes} scopes, each of 1 to {MostScopeChars} visible ASCII characters without quotation mark and backslash.";
        return Expires <= now ? "The account would have expired already." : null;
    }

    /// <summary>Whether a text can be a scope of an account.</summary>
    internal static bool IsScope(string text) => text.Length <= MostScopeChars && CallerText.IsScope(text);
}
