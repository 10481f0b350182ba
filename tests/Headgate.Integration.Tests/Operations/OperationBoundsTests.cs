using Headgate.Integration.Operations;
using Headgate.Integration.Operations.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Integration.Tests.Operations;

/// <summary>What is bounded stays so.</summary>
public sealed class OperationBoundsTests
{
    [Fact]
    public void Process_TakesSoManyOperations_AndOneMoreWhenOneHasLeft()
    {
        var worker = new OperationWorker(new Dictionary<string, OperationKind>(), null!, new OperationCounts(), NullLogger.Instance);
        for (int i = 0; i < OperationWorker.MostRunning; i++)
            Assert.True(worker.TryEnter());
        Assert.False(worker.TryEnter());
        Assert.Equal(OperationWorker.MostRunning, worker.Running);
        worker.Leave();
        Assert.True(worker.TryEnter());
    }

    // Else those that begin would take each place that becomes free, and what another left would wait for ever.
    [Fact]
    public void Process_ThatIsFull_HasRoomForWhatOthersLeft_BeforeAnotherBegins()
    {
        var worker = new OperationWorker(new Dictionary<string, OperationKind>(), null!, new OperationCounts(), NullLogger.Instance);
        while (worker.TryEnter())
        {
            // Full.
        }

        for (int i = 0; i < OperationWorker.MostLeft; i++)
            Assert.True(worker.TryEnterLeft());
        Assert.False(worker.TryEnterLeft());
        worker.Leave();
        Assert.False(worker.TryEnter());
        Assert.True(worker.TryEnterLeft());
    }

    [Fact]
    public void Followers_OfAll_AndOfOneCaller_AreBounded()
    {
        using var streams = new LogStreams();
        for (int caller = 0; caller < LogStreams.Most / LogStreams.MostOfCaller; caller++)
        {
            for (int i = 0; i < LogStreams.MostOfCaller; i++)
                Assert.True(streams.TryEnter($"{caller}"));
            Assert.False(streams.TryEnter($"{caller}"));
        }

        Assert.False(streams.TryEnter("another"));
        streams.Leave("0");
        Assert.True(streams.TryEnter("another"));
        Assert.Equal(LogStreams.Most, streams.Count);
    }

    [Theory]
    [InlineData("op_019235a6f8d57c3e9d0b4a1c2e3f4a5b", true)]
    [InlineData("op_019235A6f8d57c3e9d0b4a1c2e3f4a5b", false)]
    [InlineData("op_019235a6f8d57c3e9d0b4a1c2e3f4a5", false)]
    [InlineData("ap_019235a6f8d57c3e9d0b4a1c2e3f4a5b", false)]
    [InlineData("", false)]
    public void Id_IsKnownByItsForm(string text, bool isOne) => Assert.Equal(isOne, OperationId.IsOne(text));

    [Fact]
    public void Text_IsKeptAsBothEnginesKeepIt()
    {
        Assert.Equal("ab\uFFFDc", OperationBounds.Clip("a\0b\uD800c"));
        Assert.Equal(OperationBounds.MostTextChars - 1, OperationBounds.Clip(new string('x', OperationBounds.MostTextChars - 1) + "😀")!.Length);
        Assert.Null(OperationBounds.Clip(null));
    }
}
