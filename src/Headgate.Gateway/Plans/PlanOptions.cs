using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Validation.Answers;

namespace Headgate.Gateway.Plans;

/// <summary>What the settings of this instance add to the documents. Immutable.</summary>
public sealed record PlanOptions
{
    /// <summary><c>--service NAME=URL[,URL]</c>: where services run here; wins over the documents.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Uri>> Services { get; init; } = new Dictionary<string, IReadOnlyList<Uri>>();

    /// <summary><c>--upstream URL</c>: where operations without a backend go when their document names no service; null for none.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>
    /// <c>--security passthrough</c>: operations whose security scheme Headgate cannot enforce run all the same, and the upstream decides. Default false: such a
    /// document does not run.
    /// </summary>
    public bool SecurityPassthrough { get; init; }

    /// <summary>The proxies before this instance, whose forwarding fields are believed. Default: none.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.None;

    /// <summary><c>--validate-responses</c>: who is told of answers of services that break the document. Default null: nobody looks.</summary>
    public AnswerWatch? Answers { get; init; }

    /// <summary><c>--transport framework</c>: every upstream is reached through <c>SocketsHttpHandler</c>. Default false: plain HTTP through Headgate's own client.</summary>
    public bool FrameworkTransport { get; init; }

    /// <summary>Finds the secrets to which documents refer as <c>${secret:NAME}</c>. Null (the default) where documents are only looked at: then none is missed.</summary>
    public Func<string, string?>? Secrets { get; init; }

    /// <summary>What the settings say of caching. Default: 128 MiB of memory.</summary>
    public CacheOptions Cache { get; init; } = new();

    /// <summary>The clock that says when a document is compiled. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
