using Headgate.Gateway.Pipeline.Detached;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Pipeline;

/// <content>Requests that go on without their client, those that are made of others, and bodies from the cache.</content>
public sealed partial class GatewayContext
{
    private CachedBody? _cachedBody;
    private DetachedAnswer? _detachedAnswer;
    private volatile bool _isDetached;

    /// <summary>The body of an answer from the cache; reused with the context.</summary>
    internal CachedBody CachedBody => _cachedBody ??= new CachedBody();

    /// <summary>The answer to the request while it goes on without its client; reused with the context.</summary>
    internal DetachedAnswer DetachedAnswer => _detachedAnswer ??= new DetachedAnswer(this);

    /// <summary>What values may read beside the head of the request; null where nothing is kept for them.</summary>
    internal KnownAnswers? Answers { get; set; }

    /// <summary>Has the request go on, whatever becomes of its client, until <see cref="Attach"/>.</summary>
    /// <param name="body">The client's whole body.</param>
    internal void Detach(ReadOnlyMemory<byte> body)
    {
        Request.TakeBody(body);
        _isDetached = true;
    }

    /// <summary>Has the request depend on its client again.</summary>
    internal void Attach() => _isDetached = false;

    /// <summary>Takes over who calls, for which operation and under which ids.</summary>
    internal void Continue(GatewayContext client)
    {
        Plan = client.Plan;
        Operation = client.Operation;
        Request.Path = client.Request.Path;
        Request.Query = client.Request.Query;
        PathValues.CopyFrom(client.PathValues);
        RequestId = client.RequestId;
        CorrelationId = client.CorrelationId;
        Trace = client.Trace;
        Tenant = client.Tenant;
        User = client.User;
        Caller = client.Caller;
        ApiKey = client.ApiKey;
        HasVerifiedAuthorization = client.HasVerifiedAuthorization;
        UpstreamFields = client.UpstreamFields;
        WantsPlainAnswer = client.WantsPlainAnswer;
        Dialect = client.Dialect;
        Spans = client.Spans;
        _timings = client._timings;
    }

    /// <summary>Takes over when and where a detached request called an upstream, for logs and metrics of the request that caused it.</summary>
    internal void TellOf(GatewayContext detached)
    {
        Instance = detached.Instance;
        _toldParts = detached.AskedParts;
        _timings = detached._timings;
    }
}
