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
    private readonly PooledBytes _kept = new();
    private AggregateRun _run = null!;
    private byte[] _room = [];
    private long _received;

    /// <summary>Why no more is taken; null while more is.</summary>
    public GatewayErrorKind? Fault { get; private set; }

    /// <summary>The value: what was selected, what stands in for it, or null.</summary>
    public ReadOnlyMemory<byte> Value => _kept.Written is { IsEmpty: false } value ? value : s_null;

    /// <summary>Begins.</summary>
    /// <param name="run">Who counts the bytes of all parts.</param>
    /// <param name="select">What is kept.</param>
    public void Begin(AggregateRun run, byte[][] select)
    {
        (_run, _received, Fault) = (run, 0, null);
        _selection.Begin(select);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_room.Length < Math.Max(sizeHint, 1))
        {
            ReturnRoom();
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
        ReturnRoom();
        if (!_selection.End())
            return "is no whole JSON text";
        return _selection.IsFound ? null : "lacks what is selected of it";
    }

    /// <summary>Has another value take the place of what came.</summary>
    /// <param name="value">The value; null for JSON's null.</param>
    /// <param name="client">The request that fills it in.</param>
    public void StandIn(RequestValue? value, GatewayContext client)
    {
        _run.GiveBack(_kept.Written.Length);
        Release();
        if (value is null)
            return;
        using var json = new Utf8JsonWriter(_kept, ErrorJson.Options);
        value.WriteTo(json, client);
    }

    /// <summary>Gives the memory back. Safe to call again.</summary>
    public void Release()
    {
        ReturnRoom();
        _kept.Release();
    }

    private void ReturnRoom()
    {
        if (_room.Length > 0)
            ArrayPool<byte>.Shared.Return(_room);
        _room = [];
    }

    private bool TryKeep(ReadOnlySpan<byte> bytes)
    {
        if (!_run.TryHold(bytes.Length))
        {
            _run.GiveBack(bytes.Length);
            return false;
        }

        _kept.Write(bytes);
        return true;
    }
}
