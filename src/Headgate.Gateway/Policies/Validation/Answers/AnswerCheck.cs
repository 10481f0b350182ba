using System.Buffers;
using System.Runtime.CompilerServices;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>
/// A body that is copied while it is written, up to a bound, and judged when it is whole: the client gets every byte when it comes. One per connection, used for one
/// answer after the other. Not thread-safe.
/// </summary>
internal sealed class AnswerCheck : ResponseBody
{
    private const int LeastHeldBytes = 4096;

    private ResponseBody _inner = null!;
    private BodyRule _rule = null!;
    private DeclaredNames _names = null!;
    private AnswerWatch _watch = null!;
    private bool _isBroken;
    private AnswerResult? _unread;
    private byte[] _held = [];
    private int _count;

    /// <summary>Takes an answer's body.</summary>
    /// <param name="inner">The body.</param>
    /// <param name="rule">What it is held to.</param>
    /// <param name="names">The names that may be logged.</param>
    /// <param name="watch">Who is told.</param>
    /// <param name="isBroken">Whether the rest of the answer breaks the document already.</param>
    public void Begin(ResponseBody inner, BodyRule rule, DeclaredNames names, AnswerWatch watch, bool isBroken)
    {
        (_inner, _rule, _names, _watch, _isBroken) = (inner, rule, names, watch, isBroken);
        (_unread, _count) = (null, 0);
    }

    /// <summary>Takes a copy of bytes that are on their way to the client.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_unread is not null || !TryMakeRoom(_count + (long)bytes.Length))
            return;
        bytes.CopyTo(_held.AsSpan(_count));
        _count += bytes.Length;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(GatewayContext context)
    {
        await _inner.WriteAsync(context);
        if (context.Failure is not null || context.ClientGone)
        {
            _watch.Count(AnswerResult.Incomplete);
            return;
        }

        if (_unread is null && !TryJudge(context))
        {
            // The client waits for nobody's judgement.
            await context.Response.Writer.FlushAsync();
            await PoolHop.Now();
            TryJudge(context);
        }

        _watch.Count(_isBroken ? AnswerResult.Broken : _unread ?? AnswerResult.Valid);
    }

    public override ValueTask DisposeAsync(GatewayContext context)
    {
        context.Response.StopChecking();
        LetGo();
        return _inner.DisposeAsync(context);
    }

    /// <summary>Judges the body; false where that would hold an event thread for too long.</summary>
    private bool TryJudge(GatewayContext context)
    {
        SchemaValidator validator = _rule.Validator!;
        if (PoolHop.IsNeeded && (_count > ValidationPolicy.MostEventThreadBytes || validator.IsSlow))
            return false;
        ValidationMemory memory = ValidationMemory.ForThread(ValidationPolicy.MostEventThreadSteps);
        bool isValid = validator.Validate(_held.AsSpan(0, _count), memory.Session);
        if (memory.Session.RanOut)
            return false;
        if (!isValid)
        {
            IReadOnlyList<Violation> violations = memory.Session.Violations;
            string rest = violations.Count == 1 ? "" : $" ({violations.Count - 1} more)";
            _watch.Tell(context, AnswerFault.Body, _names.Mask(violations[0].Pointer), violations[0].Detail + rest);
            _isBroken = true;
        }

        memory.Trim();
        return true;
    }

    private bool TryMakeRoom(long needed)
    {
        if (needed <= _held.Length)
            return true;
        bool isTooLarge = needed > AnswerWatch.MostBytes;
        byte[] larger = isTooLarge ? [] : _watch.TryHold((int)Math.Min(Math.Max(needed, Math.Max(_held.Length * 2L, LeastHeldBytes)), AnswerWatch.MostBytes));
        if (larger.Length > 0)
            _held.AsSpan(0, _count).CopyTo(larger);
        else
            _unread = isTooLarge ? AnswerResult.TooLarge : AnswerResult.NoRoom;
        LetGo();
        _held = larger;
        return larger.Length > 0;
    }

    private void LetGo()
    {
        if (_held.Length > 0)
            _watch.LetGo(_held);
        _held = [];
    }
}
