using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>What an operation says of caching, compiled. Immutable; what changes is in the store and the counters.</summary>
internal sealed record CachePlan
{
    public required CacheStore Store { get; init; }

    public required CacheCounters Counters { get; init; }

    /// <summary>What every key of the operation begins with: everything in the document on which its answers depend.</summary>
    public required string KeyPrefix { get; init; }

    public required string Api { get; init; }

    public required string Operation { get; init; }

    /// <summary>What the document says.</summary>
    public required CacheExtension Declared { get; init; }

    /// <summary>Whether the last good answer stands in for a service that fails (<c>fallback.cached</c>).</summary>
    public required bool IsFallback { get; init; }

    /// <summary>Who asks for what is not stored; null for the operation's handler.</summary>
    public GatewayHandler? Fetcher { get; init; }

    public required CacheSettings Settings { get; init; }

    /// <summary>Whether authenticated callers share answers.</summary>
    public required bool Shares { get; init; }

    /// <summary>Request fields that are part of the key.</summary>
    public required IReadOnlyList<string> VaryBy { get; init; }

    /// <summary>Names under which all its answers are purged.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The largest answer that is kept.</summary>
    public required long MostBytes { get; init; }

    /// <summary>Of which fields and cookies the document says that they are credentials, and nobody checks them here.</summary>
    public required UncheckedCredentials Credentials { get; init; }

    public required ILogger Logger { get; init; }
}
