namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>What the document says for where an upstream says nothing. Immutable.</summary>
/// <param name="Ttl">How long an answer is fresh; null for what RFC 9111's heuristics say.</param>
/// <param name="StaleWhileRevalidate">How long a stale answer is given while it is renewed.</param>
/// <param name="StaleIfError">How long a stale answer is given when the upstream fails; <see cref="TimeSpan.MaxValue"/> for as long as it is stored.</param>
internal sealed record CacheSettings(TimeSpan? Ttl, TimeSpan StaleWhileRevalidate, TimeSpan StaleIfError)
{
    /// <param name="extension">What the operation says of caching.</param>
    /// <param name="isFallback">Whether its fallback is the last good answer.</param>
    public static CacheSettings Of(CacheExtension extension, bool isFallback) => new(
        extension.Ttl?.Value,
        extension.StaleWhileRevalidate?.Value ?? TimeSpan.Zero,
        extension.StaleIfError?.Value ?? (isFallback ? TimeSpan.MaxValue : TimeSpan.Zero));
}
