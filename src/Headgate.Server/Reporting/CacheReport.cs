using Headgate.Gateway.Policies.Cache;

namespace Headgate.Server.Reporting;

/// <summary>How full the cache of a running instance is and what came of it.</summary>
/// <param name="MemoryBytes">The most bytes that it takes.</param>
/// <param name="UsedBytes">What it takes now.</param>
/// <param name="Answers">The answers that are stored.</param>
/// <param name="Evicted">The answers that went because memory was short.</param>
/// <param name="Apis">What became of requests, by document.</param>
internal sealed record CacheReport(long MemoryBytes, long UsedBytes, int Answers, long Evicted, IReadOnlyList<CacheTallyReport> Apis)
{
    public static CacheReport Of(CacheUsage usage) => new(
        usage.MemoryBytes, usage.UsedBytes, usage.Answers, usage.Evicted, [.. usage.Apis.Select(tally => new CacheTallyReport(tally.Api, tally.Results))]);
}
