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
internal sealed class PartAnswer : PieceWriter
{
    private static readonly byte[] s_null = "null"u8.ToArray();

    private readonly JsonSelection _selection = new();
    private readonly PooledBytes _kept = new();
    private AggregateRun _run = null!;
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

    /// <summary>Completed when no more is taken.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(new FlushResult(isCanceled: false, isCompleted: Fault is not null));

    /// <summary>Ends the service's answer.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public string? End()
    {
        ReleaseRoom();
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
        ReleaseRoom();
        _kept.Release();
    }

    protected override void Take(ReadOnlySpan<byte> piece)
    {
        if (Fault is not null)
            return;
        _received += piece.Length;
        if (!_selection.Take(piece, out ReadOnlySpan<byte> selected))
            Fault = AggregateErrors.AnswerInvalid;
        else if (_received > _run.Plan.MostBytes || !TryKeep(selected))
            Fault = AggregateErrors.TooLarge;
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
