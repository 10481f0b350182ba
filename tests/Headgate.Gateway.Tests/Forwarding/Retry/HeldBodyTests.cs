using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Forwarding.Retry;

namespace Headgate.Gateway.Tests.Forwarding.Retry;

/// <summary>A request body that can be read again from its beginning.</summary>
public class HeldBodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rewound_InTheMiddle_GivesTheWholeAgain()
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 100, static _ => true);
        await pipe.Writer.WriteAsync("hello "u8.ToArray(), Stop);
        Assert.Equal("hello ", await NextAsync(body));
        body.Rewind();
        Assert.Equal("hello ", await NextAsync(body));
        await pipe.Writer.WriteAsync("world"u8.ToArray(), Stop);
        await pipe.Writer.CompleteAsync();
        Assert.Equal("world", await AllAsync(body));
        body.Rewind();
        Assert.Equal("hello world", await AllAsync(body));
        body.Rewind();
        Assert.Equal("hello world", await AllAsync(body));
    }

    [Fact]
    public async Task LookedAt_WithoutTaking_IsStillThere()
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 100, static _ => true);
        await pipe.Writer.WriteAsync("abc"u8.ToArray(), Stop);
        await pipe.Writer.CompleteAsync();
        for (int round = 0; round < 2; round++)
        {
            Assert.True(body.TryRead(out ReadResult look));
            body.AdvanceTo(look.Buffer.Start);
            Assert.Equal("abc", await AllAsync(body));
            body.Rewind();
        }
    }

    [Fact]
    public async Task TooLarge_StreamsThrough_AndCannotBeRewound()
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 4, static _ => true);
        await pipe.Writer.WriteAsync("1234"u8.ToArray(), Stop);
        Assert.Equal("1234", await NextAsync(body));
        Assert.True(body.CanRewind);
        await pipe.Writer.WriteAsync("5"u8.ToArray(), Stop);
        await pipe.Writer.CompleteAsync();
        Assert.Equal("5", await AllAsync(body));
        Assert.False(body.CanRewind);
    }

    [Fact]
    public async Task NoticeToStop_ThatCameTooLate_IsNotForTheNextReader()
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 100, static _ => true);
        body.CancelPendingRead();
        body.Rewind();
        await pipe.Writer.WriteAsync("x"u8.ToArray(), Stop);
        await pipe.Writer.CompleteAsync();
        Assert.Equal("x", await AllAsync(body));
    }

    [Fact]
    public async Task Reader_ThatIsToldToStop_Stops()
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 100, static _ => true);
        Task<ReadResult> reading = body.ReadAsync(Stop).AsTask();
        body.CancelPendingRead();
        Assert.True((await reading).IsCanceled);
    }

    // However it arrives, is taken, and is begun anew: the last reader that goes to the end has the whole.
    [Fact]
    public void Any_CutAndRewound_GivesTheWholeInTheEnd()
    {
        Gen<(int[], int[])> cases = from parts in Gen.Choose(0, 9).ArrayOf(12)
                                    from takes in Gen.Choose(0, 12).ArrayOf(40)
                                    select (parts, takes);
        Prop.ForAll(cases.ToArbitrary(), one => GivesTheWhole(one.Item1, one.Item2)).QuickCheckThrowOnFailure();
    }

    private static bool GivesTheWhole(int[] parts, int[] takes)
    {
        var pipe = new Pipe();
        var body = new HeldBody(pipe.Reader, 1000, static _ => true);
        string whole = string.Concat(parts.Select((length, i) => new string((char)('a' + i), length)));
        int written = 0;
        foreach (int take in takes)
        {
            if (take == 12)
                body.Rewind();
            if (written < parts.Length && take % 2 == 0)
                pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(new string((char)('a' + written), parts[written++]))).AsTask().Wait();
            if (body.TryRead(out ReadResult result))
                body.AdvanceTo(result.Buffer.GetPosition(Math.Min(take, result.Buffer.Length)));
        }

        for (; written < parts.Length; written++)
            pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(new string((char)('a' + written), parts[written]))).AsTask().Wait();
        pipe.Writer.Complete();
        body.Rewind();
        return AllAsync(body).AsTask().Result == whole;
    }

    private static async ValueTask<string> NextAsync(HeldBody body)
    {
        ReadResult result = await body.ReadAsync(Stop);
        string text = Encoding.ASCII.GetString(result.Buffer);
        body.AdvanceTo(result.Buffer.End);
        return text;
    }

    private static async ValueTask<string> AllAsync(HeldBody body)
    {
        var text = new StringBuilder();
        while (true)
        {
            ReadResult result = await body.ReadAsync(Stop);
            text.Append(Encoding.ASCII.GetString(result.Buffer));
            body.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return text.ToString();
        }
    }
}
