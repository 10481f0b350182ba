using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Consumers;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What all limits of a process share: the seed of their hashes, the bytes that they may take, and the texts of their header fields. Thread-safe.</summary>
internal sealed class RateLimitCommons
{
    /// <summary>The most bytes to which the tables of all limits grow together, beside 2 KiB that each has from the beginning.</summary>
    public const long MostTableBytes = 128L * 1024 * 1024;

    public ConsumerHasher Hasher { get; } = new();

    public MemoryBudget Budget { get; } = new(MostTableBytes);

    public LimitFieldTexts Texts { get; } = new();

    /// <summary>Those of the process for which an operation is compiled.</summary>
    public static RateLimitCommons Of(OperationScope scope) => scope.Living(typeof(RateLimitCommons), static () => new RateLimitCommons());
}
