using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>
/// Takes the answer of a part's service as it comes, checks it, and keeps what is selected of it. Reused with its <see cref="PartRun"/>; <see cref="Release"/> gives its memory back.
/// Not thread-safe.
/// </summary>
internal sealed class PartAnswer : PipeWriter
{
    private const int RoomBytes = 4096;

    private static readonly byte[] s_null = "null"u8.ToArray();

    private readonly JsonSelection _selection = new();
    private AggregateRun _run = null!;
    private byte[] _room = [];
    private byte[] _kept = [];
    private int _count;
    private long _received;

    /// <summary>Why no more is taken; null while more is.</summary>
    public GatewayErrorKind? Fault { get; private set; }

    /// <summary>The value: what was selected, what stands in for it, or null.</summary>
    public ReadOnlyMemory<byte> Value => _count == 0 ? s_null : _kept.AsMemory(0, _count);

    /// <summary>Begins.</summary>
    /// <param name="run">Who counts the bytes of all parts.</param>
    /// <param name="select">What is kept.</param>
    public void Begin(AggregateRun run, byte[][] select)
    {
        (_run, _count, _received, Fault) = (run, 0, 0, null);
        _selection.Begin(select);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            Return(ref _room);
            _room = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, RoomBytes));
        }

        return _room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (Fault is not null)
            return;
        _received += bytes;
        if (!_selection.Take(_room.AsSpan(0, bytes), out ReadOnlySpan<byte> selected))
            Fault = AggregateErrors.AnswerInvalid;
        else if (_received > _run.Plan.MostBytes || !TryKeep(selected))
            Fault = AggregateErrors.TooLarge;
    }

    /// <summary>Completed when no more is taken.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: Fault is not null));

    public override void CancelPendingFlush()
    {
        // A flush is never pending.
    }

    public override void Complete(Exception? exception = null)
    {
        // What was kept stays readable.
    }

    /// <summary>Ends the service's answer.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public string? End()
    {
        Return(ref _room);
        if (!_selection.End())
            return "is no whole JSON text";
        return _selection.IsFound ? null : "lacks what is selected of it";
    }

    /// <summary>Has another value take the place of what came.</summary>
    /// <param name="value">The value; null for JSON's null.</param>
    /// <param name="client">The request that fills it in.</param>
    public void StandIn(RequestValue? value, GatewayContext client)
    {
        _run.GiveBack(_count);
        Release();
        if (value is null)
            return;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ErrorJson.Options))
            value.WriteTo(json, client);
        Append(buffer.WrittenSpan);
    }

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        _count = 0;
        Return(ref _room);
        Return(ref _kept);
    }

    private static void Return(ref byte[] rented)
    {
        if (rented.Length > 0)
            ArrayPool<byte>.Shared.Return(rented);
        rented = [];
    }

    private bool TryKeep(ReadOnlySpan<byte> bytes)
    {
        if (!_run.TryHold(bytes.Length))
        {
            _run.GiveBack(bytes.Length);
            return false;
        }

        Append(bytes);
        return true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_kept.Length - _count < bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + bytes.Length, _kept.Length * 2));
            _kept.AsSpan(0, _count).CopyTo(larger);
            Return(ref _kept);
            _kept = larger;
        }

        bytes.CopyTo(_kept.AsSpan(_count));
        _count += bytes.Length;
    }
}
