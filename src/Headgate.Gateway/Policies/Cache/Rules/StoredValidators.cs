using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>By what a stored answer is known again (RFC 9110 §8.8). Immutable.</summary>
/// <param name="ETag">Its entity tag; null for none.</param>
/// <param name="LastModified">When it changed, as the upstream wrote it; null for not said.</param>
/// <param name="ChangedAt">The same as a date, or the date of the answer.</param>
/// <param name="LastModifiedIsStrong">Whether the answer was made at least a minute after it changed (RFC 9110 §8.8.2.2).</param>
internal sealed record StoredValidators(string? ETag, string? LastModified, DateTimeOffset? ChangedAt, bool LastModifiedIsStrong)
{
    /// <summary>Whether the upstream can be asked whether the answer still holds.</summary>
    public bool Any => ETag is not null || LastModified is not null;

    public static StoredValidators Of(IHeaderDictionary headers, DateTimeOffset receivedAt)
    {
        string? lastModified = headers.LastModified.Count == 1 ? headers.LastModified[0] : null;
        DateTimeOffset made = HttpDates.Parse(headers.Date, receivedAt) ?? receivedAt;
        DateTimeOffset? changed = HttpDates.Parse(lastModified, receivedAt);
        return new StoredValidators(
            headers.ETag.Count == 1 ? headers.ETag[0] : null, lastModified, changed ?? made, changed is { } date && made - date >= TimeSpan.FromMinutes(1));
    }
}
