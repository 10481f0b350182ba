using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>Whose requests are counted together. Immutable.</summary>
/// <param name="By">The kind.</param>
/// <param name="Header">For <see cref="RateLimitBy.Header"/> the header field, else null.</param>
[SettingText(
    "one of global, service, user, tenant, ip, api-key, endpoint or header:NAME",
    "`global`, `service`, `user`, `tenant`, `ip`, `api-key`, `endpoint`, `header:NAME`",
    Pattern = "^(global|service|user|tenant|ip|api-key|endpoint|header:[!#$%&'*+.^_`|~0-9A-Za-z-]+)$")]
public sealed record RateLimitKey(RateLimitBy By, string? Header = null) : IParsable<RateLimitKey>
{
    private const string HeaderPrefix = "header:";

    /// <inheritdoc/>
    public static RateLimitKey Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out RateLimitKey? key) ? key : throw new FormatException($"'{s}' is not a key of rate limits.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out RateLimitKey result)
    {
        result = null;
        if (s is null)
            return false;
        if (s.StartsWith(HeaderPrefix, StringComparison.Ordinal))
        {
            string header = s[HeaderPrefix.Length..];
            result = header.Length > 0 && header.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
                ? new RateLimitKey(RateLimitBy.Header, header)
                : null;
            return result is not null;
        }

        foreach (RateLimitBy by in Enum.GetValues<RateLimitBy>())
        {
            if (by != RateLimitBy.Header && Print(by) == s)
                result = new RateLimitKey(by);
        }

        return result is not null;
    }

    /// <summary>The text in documents.</summary>
    public override string ToString() => Header is null ? Print(By) : HeaderPrefix + Header;

    private static string Print(RateLimitBy by) => JsonNamingPolicy.KebabCaseLower.ConvertName(by.ToString());
}
