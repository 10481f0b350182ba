using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Headgate.Bench.Policies;

/// <summary>A listener with one connection, which is two pipes: Kestrel without sockets. What is written to it runs to its end on the thread that writes.</summary>
internal sealed class MemoryListener : IConnectionListenerFactory, IConnectionListener, IMemoryPoolFeature
{
    private readonly Pipe requests = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false));

    // Who waits for an answer must not go on inside Kestrel, which would then not read the next request.
    private readonly Pipe answers = new(new PipeOptions(readerScheduler: PipeScheduler.ThreadPool, pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool accepted;

    /// <summary>Where Kestrel has its buffers from; set before it starts.</summary>
    public MemoryPool<byte> MemoryPool { get; set; } = MemoryPool<byte>.Shared;

    /// <summary>Where a client's bytes are written.</summary>
    public PipeWriter Requests => requests.Writer;

    /// <summary>Where the answers come.</summary>
    public PipeReader Answers => answers.Reader;

    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 80);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (accepted)
        {
            await closed.Task.WaitAsync(cancellationToken);
            return null;
        }
        accepted = true;
        var context = new DefaultConnectionContext("measured") { Transport = new Ends(requests.Reader, answers.Writer), LocalEndPoint = EndPoint, RemoteEndPoint = EndPoint };
        context.Features.Set<IMemoryPoolFeature>(this);
        return context;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        closed.TrySetResult();
        requests.Writer.Complete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
