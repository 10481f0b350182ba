namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What the document says for where an upstream says nothing. Immutable.</summary>
/// <param name="Ttl">How long an answer is fresh; null for what RFC 9111's heuristics say.</param>
/// <param name="StaleWhileRevalidate">How long a stale answer is given while it is renewed.</param>
/// <param name="StaleIfError">How long a stale answer is given when the upstream fails.</param>
internal sealed record CacheSettings(TimeSpan? Ttl, TimeSpan StaleWhileRevalidate, TimeSpan StaleIfError)
{
    public static CacheSettings Of(CacheExtension extension) =>
        new(extension.Ttl?.Value, extension.StaleWhileRevalidate?.Value ?? TimeSpan.Zero, extension.StaleIfError?.Value ?? TimeSpan.Zero);
}
