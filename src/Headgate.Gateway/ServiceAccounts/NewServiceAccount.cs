using System.Buffers;
using Headgate.Gateway.Errors;

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
    private const int MostTenantChars = 128;
    private const int MostScopeChars = 100;

    // RFC 6749 §3.3: visible ASCII without quotation mark and backslash.
    private static readonly SearchValues<char> s_scope = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);
    private static readonly SearchValues<char> s_tenant = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Everything that keeps it from being made, with pointers into its JSON; empty when nothing does.</summary>
    public IReadOnlyList<FailureDetail> ProblemsAt(DateTimeOffset now)
    {
        var problems = new List<FailureDetail>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MostNameChars || Name.Any(char.IsControl))
            problems.Add(new FailureDetail("/name", $"has 1 to {MostNameChars} characters, none of them a control"));
        if (Tenant is not null && (Tenant.Length is 0 or > MostTenantChars || Tenant.AsSpan().ContainsAnyExcept(s_tenant)))
            problems.Add(new FailureDetail("/tenant", $"has 1 to {MostTenantChars} letters, digits, '.', '_' and '-'"));
        if (Scopes.Count > MostScopes)
            problems.Add(new FailureDetail("/scopes", $"are at most {MostScopes}"));
        for (int i = 0; i < Scopes.Count; i++)
        {
            if (!IsScope(Scopes[i]))
                problems.Add(new FailureDetail($"/scopes/{i}", $"has 1 to {MostScopeChars} visible ASCII characters without '\"' and '\\'"));
        }

        if (Expires <= now)
            problems.Add(new FailureDetail("/expires", "is in the past"));
        return problems;
    }

    /// <summary>Whether a text can be a scope.</summary>
    internal static bool IsScope(string text) => text.Length is > 0 and <= MostScopeChars && !text.AsSpan().ContainsAnyExcept(s_scope);
}
