using System.Text;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Forwards every request through one transport to one instance; a failure is answered with its status and its name as the body.</summary>
internal sealed class ForwardingApplication(Uri upstream, UpstreamTimeouts timeouts, UpstreamTransport transport) : IHttpApplication<GatewayContext>
{
    private static readonly OperationPlan AnyOperation = MakeOperation();

    public UpstreamTransport Transport => transport;

    public UpstreamInstance Instance { get; } = new("test", upstream, 1, transport);

    /// <summary>The result of the last try, for what does not show in the answer.</summary>
    public UpstreamResult LastResult { get; private set; }

    public GatewayFailure? LastFailure { get; private set; }

    public int Ended => Volatile.Read(ref _ended);

    private int _ended;

    public GatewayContext CreateContext(IFeatureCollection contextFeatures)
    {
        GatewayContext context = contextFeatures is IHostContextContainer<GatewayContext> container
            ? container.HostContext ??= new GatewayContext(contextFeatures, TimeProvider.System)
            : new GatewayContext(contextFeatures, TimeProvider.System);
        context.Reset(GatewayPlan.Empty, TimeProvider.System.GetTimestamp());
        context.RequestId = "request-1";
        context.Operation = AnyOperation;
        return context;
    }

    public async Task ProcessRequestAsync(GatewayContext context)
    {
        try
        {
            if (RequestFraming.Check(context) == PolicyVerdict.Continue)
                await ForwardAsync(context);
            else
                await AnswerAsync(context, context.Failure!.Kind);
        }
        catch (Exception exception) when (RequestFaults.IsExpected(exception, context))
        {
            context.AbortClient();
        }
        finally
        {
            if (context.Response.Body is { } body)
                await body.DisposeAsync(context);
            LastFailure = context.Failure;
            Interlocked.Increment(ref _ended);
        }
    }

    public void DisposeContext(GatewayContext context, Exception? exception)
    {
    }

    private async ValueTask ForwardAsync(GatewayContext context)
    {
        long deadline = timeouts.DeadlineFrom(Environment.TickCount64);
        string target = context.Request.ExtendedConnectProtocol is null ? context.Request.RawTarget : "/";
        var call = new UpstreamCall(Instance, context.Request.Method, Instance.BasePath + target, timeouts, deadline);
        UpstreamResult result = await transport.SendAsync(context, call);
        LastResult = result;
        if (result.Error is { } error)
            await AnswerAsync(context, error);
        else if (context.Response.Body is { } body)
            await WriteAsync(context, body);
    }

    // As the pipeline does it: a body that broke off before anything went out gives way to its error.
    private static async ValueTask WriteAsync(GatewayContext context, ResponseBody body)
    {
        await body.WriteAsync(context);
        if (context.Failure is not { } failure || !context.Response.IsReplaceable)
            return;
        context.Response.Headers.Clear();
        await AnswerAsync(context, failure.Kind);
    }

    private static async ValueTask AnswerAsync(GatewayContext context, GatewayErrorKind error)
    {
        if (context.ClientGone)
            return;
        byte[] body = Encoding.ASCII.GetBytes(error.Name);
        context.Response.StatusCode = error.Status;
        context.Response.Headers.ContentLength = body.Length;
        await context.Response.Writer.WriteAsync(body);
    }

    private static OperationPlan MakeOperation()
    {
        var file = new SourceFile("test.yaml", "/test.yaml");
        var node = new ObjectNode(file, 1, 1);
        var operation = new ApiOperation
        {
            Method = "GET",
            Path = new PathTemplate("/", []),
            Id = "any",
            Parameters = [],
            RequestBody = null,
            Security = [],
            Deprecated = false,
            Extensions = ExtensionSet.Empty,
            PathExtensions = ExtensionSet.Empty,
            Node = node,
        };
        var document = new ApiDocument
        {
            Name = "test",
            Version = OpenApiVersion.V31,
            Title = "Test",
            ApiVersion = "1",
            BasePaths = [""],
            Operations = [operation],
            SecuritySchemes = new Dictionary<string, ApiSecurityScheme>(),
            Extensions = ExtensionSet.Empty,
            Root = node,
            Files = [file],
        };
        return new OperationPlan
        {
            Api = new ApiPlan { Document = document, Dialect = ProblemDialect.Instance },
            Operation = operation,
            RequestPolicies = [],
            ResponsePolicies = [],
            Handler = new NotImplementedHandler("test"),
        };
    }
}
