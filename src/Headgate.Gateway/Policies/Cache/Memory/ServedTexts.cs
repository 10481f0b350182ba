using System.Globalization;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>
/// <c>Age</c> (RFC 9111 §5.1) and <c>Cache-Status</c> (RFC 9211) of a stored answer in one second of its life: made once in that second, so that a hit allocates nothing. Immutable.
/// </summary>
/// <param name="Second">The age in whole seconds.</param>
/// <param name="Age">The same as text.</param>
/// <param name="Status">That it was a hit, and how long it stays fresh.</param>
internal sealed record ServedTexts(long Second, StringValues Age, StringValues Status)
{
    /// <summary>The texts for now.</summary>
    public static ServedTexts Of(StoredHead head, DateTimeOffset now)
    {
        long second = (long)head.Lifetime.AgeAt(now).TotalSeconds;
        if (head.Texts is { } known && known.Second == second)
            return known;
        long left = (long)Math.Clamp(Math.Ceiling(head.Lifetime.FreshnessLeftAt(now).TotalSeconds), int.MinValue, int.MaxValue);
        string status = string.Create(CultureInfo.InvariantCulture, $"{CacheStatus.Name}; hit; ttl={left}");
        return head.Texts = new ServedTexts(second, Math.Min(second, DeltaSeconds.Most).ToString(CultureInfo.InvariantCulture), CacheStatus.Join(head, status));
    }
}
