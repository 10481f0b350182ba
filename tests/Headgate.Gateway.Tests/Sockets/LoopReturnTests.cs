using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Sockets;

/// <summary>What is awaited elsewhere goes on on the loop.</summary>
public class LoopReturnTests
{
    [Fact]
    public async Task Await_GoesOnOnTheLoop_OnWhichItBegan()
    {
        using var loops = new EventLoopGroup(2, runsInline: true, NullLogger<EventLoopGroup>.Instance);
        EventLoop loop = loops.Next();
        var awaited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(EventLoop?, EventLoop?, int)> running = OnLoop(loop, () => ThereAndBackAsync(awaited.Task));

        await Task.Run(() => awaited.SetResult(7), TestContext.Current.CancellationToken);

        Assert.Equal((loop, loop, 7), await running);
    }

    [Fact]
    public async Task Await_OfWhatFails_Throws_OnTheLoop()
    {
        using var loops = new EventLoopGroup(1, runsInline: true, NullLogger<EventLoopGroup>.Instance);
        var awaited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(EventLoop?, EventLoop?, int)> running = OnLoop(loops.Next(), () => ThereAndBackAsync(awaited.Task));

        awaited.SetException(new InvalidTimeZoneException());

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => running);
    }

    [Fact]
    public async Task Await_OffTheLoops_IsAnOrdinaryOne()
    {
        var awaited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(EventLoop?, EventLoop?, int)> running = Task.Run(() => ThereAndBackAsync(awaited.Task), TestContext.Current.CancellationToken);

        awaited.SetResult(7);

        Assert.Equal((null, null, 7), await running);
    }

    [Fact]
    public async Task Await_WhoseLoopEnds_GoesOnAllTheSame()
    {
        var loops = new EventLoopGroup(1, runsInline: true, NullLogger<EventLoopGroup>.Instance);
        EventLoop loop = loops.Next();
        var awaited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(EventLoop?, EventLoop?, int)> running = OnLoop(loop, () =>
        {
            Task<(EventLoop?, EventLoop?, int)> waiting = ThereAndBackAsync(awaited.Task);
            begun.SetResult();
            return waiting;
        });
        await begun.Task;

        await Task.Run(loops.Dispose, TestContext.Current.CancellationToken);
        awaited.SetResult(7);

        Assert.Equal((loop, null, 7), await running);
    }

    private static Task<T> OnLoop<T>(EventLoop loop, Func<Task<T>> run)
    {
        var begun = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Continuations.Post(_ => begun.SetResult(run()), null);
        return begun.Task.Unwrap();
    }

    private static async Task<(EventLoop? Before, EventLoop? After, int Result)> ThereAndBackAsync(Task<int> awaited)
    {
        EventLoop? before = EventLoop.Current;
        int result = await new LoopReturn<int>(awaited);
        return (before, EventLoop.Current, result);
    }
}
