using System.IO.Pipelines;
using System.Net;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>A request as it stands when it ends, without a server: for tests that count bytes of allocation, or need values that no server would let through.</summary>
internal static class TestRequest
{
    public static GatewayContext Ended(
        OperationPlan? operation = null,
        string path = "/v1/orders",
        string query = "",
        string method = "GET",
        string? agent = "test/1.0",
        int status = 200,
        GatewayErrorKind? error = null,
        TimeProvider? time = null,
        IPAddress? peer = null,
        PipeReader? body = null)
    {
        var features = new FeatureCollection();
        var request = new HttpRequestFeature { Method = method, RawTarget = path + query, Protocol = "HTTP/1.1", Scheme = "http" };
        request.Headers.Host = "shop.example";
        request.Headers.UserAgent = agent;
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = peer ?? IPAddress.Parse("192.0.2.7") });
        features.Set<IRequestBodyPipeFeature>(new TestBody(body ?? PipeReader.Create(Stream.Null)));
        if (body is not null)
            features.Set<IHttpRequestBodyDetectionFeature>(new PresentBody());

        TimeProvider clock = time ?? TimeProvider.System;
        var context = new GatewayContext(features, clock);
        context.Reset(GatewayPlan.Empty, clock.GetTimestamp());
        (context.Operation, context.RequestId, context.CorrelationId) = (operation, "request-1", "correlation-1");
        context.Trace = new Headgate.Gateway.Telemetry.TraceContext(0x0102, 0x0304, 0, 5, Sampled: true);
        (context.Request.Path, context.Request.Query) = (path, query);
        context.Response.StatusCode = status;
        context.Response.BodyBytes = 12;
        if (error is not null)
            context.Fail(new GatewayFailure(error, "It went wrong."));
        return context;
    }

    private sealed class TestBody(PipeReader reader) : IRequestBodyPipeFeature
    {
        public PipeReader Reader => reader;
    }

    private sealed class PresentBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
