using System.Globalization;
using Headgate.Gateway.Policies.Cache.Memory;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>One stored answer, as an operator sees it: nothing of its body, and of its caller only that there is one. Immutable.</summary>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Status">The status.</param>
/// <param name="IsForOneCaller">Whether it is given to one caller alone.</param>
/// <param name="Vary">The request fields that choose it.</param>
/// <param name="Bytes">The length of the body.</param>
/// <param name="ReceivedAt">When it came, or was validated last.</param>
/// <param name="FreshUntil">Until when it is fresh.</param>
/// <param name="Tags">The names under which it is purged.</param>
public sealed record CachedAnswer(
    string Api, string Operation, string Path, int Status, bool IsForOneCaller, string Vary, long Bytes, DateTimeOffset ReceivedAt, DateTimeOffset FreshUntil, IReadOnlyList<string> Tags)
{
    /// <summary>Its place in the order.</summary>
    public required string Key { get; init; }

    internal static string KeyOf(CacheEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Resource.Target.Path} {entry.Id:D12}");

    internal static CachedAnswer Of(CacheEntry entry)
    {
        (CacheTarget target, StoredHead head) = (entry.Resource.Target, entry.Head);
        TimeSpan left = head.Lifetime.FreshFor - head.Lifetime.InitialAge;
        return new CachedAnswer(
            target.Api, target.Operation, target.Path, head.Status, target.IsForOneCaller, head.Vary.ToString(), entry.Body.Length, head.Lifetime.ReceivedAt,
            head.Lifetime.ReceivedAt + left, head.Tags)
        {
            Key = KeyOf(entry),
        };
    }
}
