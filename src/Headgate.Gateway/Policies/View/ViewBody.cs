using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>A body of which a view goes to the client, while it comes. One per context, reused.</summary>
internal sealed class ViewBody : ResponseBody
{
    private readonly ViewWriter _writer = new();
    private ResponseBody _inner = null!;
    private ViewPlan _view = null!;

    /// <summary>Takes the place of a body.</summary>
    public ViewBody Begin(ResponseBody inner, ViewPlan view)
    {
        (_inner, _view) = (inner, view);
        return this;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(GatewayContext context)
    {
        ClientResponse response = context.Response;
        if (response.Headers.ContentEncoding is [{ } coding] && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            Refuse(context, "It has a content coding, for which nobody asked.");
            return;
        }

        PipeWriter? outer = response.Captured;
        _writer.Begin(_view, response.Writer);
        response.Captured = _writer;
        await _inner.WriteAsync(context);
        response.Captured = outer;
        response.BodyBytes = _writer.Written;
        bool isWhole = _writer.End();
        response.BodyBytes = _writer.Written;
        if (!_writer.IsValid || (context.Failure is null && !isWhole))
            Refuse(context, "It is no JSON.");
        else if (context.Failure is not null)
            BreakOff(context);
        else if (response.HasStarted)
            await response.Writer.FlushAsync();
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        _writer.Release();
        return _inner.DisposeAsync(context);
    }

    private static void Refuse(GatewayContext context, string reason)
    {
        context.Fail(new GatewayFailure(ViewErrors.AnswerInvalid, $"{ViewErrors.AnswerInvalid.Title} {reason}") { Service = context.Instance?.Service });
        BreakOff(context);
    }

    // Who found it broke nothing off, since it saw no client: either nothing went out, and an error takes its place, or the client sees a part.
    private static void BreakOff(GatewayContext context)
    {
        if (context.Response.HasStarted)
            context.AbortClient();
    }
}
