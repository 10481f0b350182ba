namespace Headgate.Gateway.Policies.Cache;

/// <summary>How full the cache is and what came of it. Immutable.</summary>
/// <param name="MemoryBytes">The most bytes that it takes.</param>
/// <param name="UsedBytes">What it takes now.</param>
/// <param name="Answers">The answers that are stored.</param>
/// <param name="Evicted">The answers that went because memory was short, since the start.</param>
/// <param name="Apis">What became of requests, by document.</param>
public sealed record CacheUsage(long MemoryBytes, long UsedBytes, int Answers, long Evicted, IReadOnlyList<CacheTally> Apis);
