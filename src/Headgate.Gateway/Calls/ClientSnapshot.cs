using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Tracing;
using Headgate.Gateway.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Calls;

/// <summary>
/// What of a client's request is needed to go on with it without its connection, in another process even: who calls and under which ids, path and query, chosen header fields, the body. No credentials:
/// what is kept may be read by whoever reads the store. Immutable.
/// </summary>
public sealed record ClientSnapshot
{
    /// <summary>The normalised path.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark, without credentials of Headgate's own; empty for none.</summary>
    public required string Query { get; init; }

    /// <summary>Where in the path the values of its parameters are: start and length of each in turn.</summary>
    public required IReadOnlyList<int> PathSlices { get; init; }

    /// <summary>The header fields that are kept.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; }

    /// <summary>The body as it was sent.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The correlation id.</summary>
    public required string? CorrelationId { get; init; }

    /// <summary>The trace; Headgate's own span is the parent of what follows.</summary>
    public required TraceContext Trace { get; init; }

    /// <summary>The tenant.</summary>
    public required string? Tenant { get; init; }

    /// <summary>The user.</summary>
    public required string? User { get; init; }

    /// <summary>The id of the API key.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>The claims that the document reads.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Claims { get; init; }

    /// <summary>Whether a body is one whole JSON text.</summary>
    public static bool IsJson(ReadOnlySpan<byte> body) => JsonSelection.IsWhole(body);

    /// <summary>Takes it of a request.</summary>
    /// <param name="context">The request, which every policy has let through.</param>
    /// <param name="body">Its body.</param>
    /// <param name="fields">The names of the header fields that are kept.</param>
    public static ClientSnapshot Of(GatewayContext context, ReadOnlyMemory<byte> body, IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(fields);
        var kept = new List<KeyValuePair<string, string>>(fields.Count);
        foreach (string name in fields)
        {
            if (context.Request.Headers.TryGetValue(name, out var values))
                kept.Add(new(name, values.ToString()));
        }

        return new ClientSnapshot
        {
            Path = context.Request.Path,
            Query = context.ForwardedQuery,
            PathSlices = context.PathValues.Slices,
            Fields = kept,
            Body = body,
            RequestId = context.RequestId,
            CorrelationId = context.CorrelationId,

            // The span that stands ready for a forwarded call is of no call here, and nobody would find it.
            Trace = context.Spans is { } spans ? RequestTracer.ToTrace(spans.Server, context.Trace.ParentSpanId) : context.Trace,
            Tenant = context.Tenant,
            User = context.User,
            ApiKey = context.ApiKey,
            Claims = context.Caller?.Claims ?? [],
        };
    }

    /// <summary>A request that is as the client's was, as far as it is kept: values are read of it, and calls are made of it.</summary>
    /// <param name="plan">The plan in force.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="answers">What is known beside the head.</param>
    /// <param name="clock">The clock.</param>
    public GatewayContext ToContext(GatewayPlan plan, OperationPlan operation, KnownAnswers answers, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(clock);
        var headers = new HeaderDictionary(Fields.Count);
        foreach ((string name, string value) in Fields)
            headers[name] = value;
        var features = new FeatureCollection(8);
        features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = operation.Operation.Method, Scheme = "http", Protocol = "HTTP/1.1", Headers = headers });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IRequestBodyPipeFeature>(NoBodyFeature.Instance);
        var context = new GatewayContext(features, clock)
        {
            Plan = plan,
            Operation = operation,
            RequestId = RequestId,
            CorrelationId = CorrelationId,
            Trace = Trace,
            Tenant = Tenant,
            User = User,
            ApiKey = ApiKey,
            Caller = User is null && Claims.Count == 0 ? null : new Caller { User = User, Tenant = Tenant, Claims = Claims },
            Answers = answers,
            WantsPlainAnswer = true,
        };
        (context.Request.Path, context.Request.Query) = (Path, Query);
        context.PathValues.Restore(Path, PathSlices);
        context.UpstreamFields = Array.Find(operation.RequestPolicies, policy => policy is RequestHeadersPolicy) is RequestHeadersPolicy fields ? fields.Plan : null;
        return context;
    }
}
