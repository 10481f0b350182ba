using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What the settings of this instance say of caching. Immutable.</summary>
public sealed record CacheOptions
{
    /// <summary>The memory for stored answers, in bytes. Default 128 MiB.</summary>
    public long MemoryBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Where faults are told for which no request can be blamed. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
