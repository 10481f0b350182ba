using System.Buffers;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What can be a user, a tenant and a scope. Upstreams see user and tenant in header fields: what could end one, or be read as another, is refused. Stateless, thread-safe.</summary>
internal static class CallerText
{
    /// <summary>The longest user.</summary>
    public const int MostUserChars = 255;

    /// <summary>The longest tenant.</summary>
    public const int MostTenantChars = 128;

    private static readonly SearchValues<char> s_visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);
    private static readonly SearchValues<char> s_tenant = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether a text can be a user: visible ASCII.</summary>
    public static bool IsUser(string text) => text.Length is > 0 and <= MostUserChars && !text.AsSpan().ContainsAnyExcept(s_visible);

    /// <summary>Whether a text can be a tenant: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static bool IsTenant(string text) => text.Length is > 0 and <= MostTenantChars && !text.AsSpan().ContainsAnyExcept(s_tenant);

    /// <summary>Whether a text can be a scope (RFC 6749 §3.3): visible ASCII without quotation mark and backslash.</summary>
    public static bool IsScope(string text) => text.Length > 0 && !text.AsSpan().ContainsAny('"', '\\') && !text.AsSpan().ContainsAnyExcept(s_visible);
}
