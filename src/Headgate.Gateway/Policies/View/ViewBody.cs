using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.View;

/// <summary>A body of which a view goes to the client, while it comes. One per context, reused.</summary>
internal sealed class ViewBody : ResponseBody
{
    private readonly ViewWriter _writer = new();
    private ResponseBody _inner = null!;
    private ViewPlan _view = null!;
    private bool _isCoded;

    /// <summary>Takes the place of a body.</summary>
    /// <param name="inner">The body.</param>
    /// <param name="view">What of it goes to the client.</param>
    /// <param name="isCoded">Whether it has a content coding, so that it cannot be read.</param>
    public ViewBody Begin(ResponseBody inner, ViewPlan view, bool isCoded)
    {
        (_inner, _view, _isCoded) = (inner, view, isCoded);
        return this;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(GatewayContext context)
    {
        ClientResponse response = context.Response;
        if (_isCoded)
        {
            Refuse(context, "It has a content coding, for which nobody asked.");
            return;
        }

        PipeWriter? outer = response.Captured;
        _writer.Begin(_view, context);
        response.Captured = _writer;
        await _inner.WriteAsync(context);
        response.Captured = outer;
        bool isWhole = _writer.End();
        response.BodyBytes = _writer.HasPassedOn ? _writer.Written : 0;
        if (context.Failure is not null)
            BreakOff(context);
        else if (!isWhole)
            Refuse(context, ViewWriter.NoJson);
        else
            await FinishAsync(response, isCaptured: outer is not null);
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        _writer.Release();
        return _inner.DisposeAsync(context);
    }

    // A view that is whole before anything went out has a length; what follows an earlier flush is not flushed with the end of the request.
    private ValueTask FinishAsync(ClientResponse response, bool isCaptured)
    {
        if (!response.HasStarted && !isCaptured && !_writer.HasPassedOn)
            response.Headers.ContentLength = _writer.Written;
        _writer.PassOn();
        response.BodyBytes = _writer.Written;
        return response.HasStarted ? FlushAsync(response) : ValueTask.CompletedTask;
    }

    private static async ValueTask FlushAsync(ClientResponse response) => await response.Writer.FlushAsync();

    private static void Refuse(GatewayContext context, string reason)
    {
        context.Fail(ViewErrors.Unreadable(context, reason));
        BreakOff(context);
    }

    // Who found it broke nothing off, since it saw no client: either nothing went out, and an error takes its place, or the client sees a part.
    private static void BreakOff(GatewayContext context)
    {
        if (!context.Response.IsReplaceable)
            context.AbortClient();
    }
}
