using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// The way of one request through its tries: where it has been, how long it may still take, and what came of the last try. Belongs to its context and is reused with it. Not thread-safe.
/// </summary>
internal sealed class ForwardCourse
{
    /// <summary>To how many further instances one try moves on whose connections are refused.</summary>
    public const int MostMoves = 8;

    private ForwardPlan _plan = null!;
    private string _method = "";
    private string _target = "";
    private long _deadline;
    private ulong _tried;
    private int _moves;
    private int _epoch;
    private bool _isUnreported;
    private UpstreamInstance? _instance;

    /// <summary>Tries so far; moving on to another instance is part of one.</summary>
    public int Tries { get; private set; }

    /// <summary>Whether the request may be sent more than once.</summary>
    public bool IsRepeatable { get; private set; }

    /// <summary>Whether nothing was tried before the last call, at no other instance either: a call that was refused counts as a move itself.</summary>
    public bool IsFirst => Tries <= 1 && _moves <= 1;

    /// <summary>What failed on the last try; null when an answer came, or nothing was tried.</summary>
    public GatewayErrorKind? Error { get; private set; }

    /// <summary>What is told to the client; null when there is an answer.</summary>
    public GatewayFailure? Failure { get; private set; }

    /// <summary>How long the call may still take.</summary>
    public TimeSpan Left => _deadline == long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(Math.Max(0, _deadline - Environment.TickCount64));

    /// <summary>Has the time of a call run that somebody else makes for the request.</summary>
    public void StartClock(ForwardPlan plan) => _deadline = plan.Timeouts.DeadlineFrom(Environment.TickCount64);

    /// <summary>Begins.</summary>
    public void Begin(GatewayContext context, ForwardPlan plan)
    {
        _plan = plan;
        _method = plan.Method ?? context.Request.Method;
        _target = plan.Target is null ? context.Request.Path + context.ForwardedQuery : plan.Target.Resolve(context);
        _deadline = plan.Timeouts.DeadlineFrom(Environment.TickCount64);
        (_tried, _moves, _instance, Tries, Error, Failure, IsRepeatable) = (0, 0, null, 0, null, null, false);
        if (plan.Retry is { } retry)
            Prepare(context, retry);
    }

    /// <summary>The client went away while its request waited.</summary>
    public void GiveUp() => Failure = UpstreamFailures.ClientGone;

    /// <summary>Chooses the instance of the next try.</summary>
    /// <returns>Null when there is none, or the breaker is open.</returns>
    public UpstreamInstance? Next(GatewayContext context)
    {
        if (!_isUnreported && _plan.Breaker is { } breaker)
        {
            if (!breaker.State.TryEnter(context.Clock, out _epoch))
                return Refuse(breaker.Refuse(context.Clock));
            _isUnreported = true;
        }

        long timestamp = context.Clock.GetTimestamp();
        _instance = _plan.Service.Choose(_tried, LimitClock.Of(context.Clock, timestamp));
        if (_instance is null)
            return Refuse(UpstreamFailures.Of(ErrorCatalogue.UpstreamUnavailable, _plan.Service.Name));
        Tries += _moves == 0 ? 1 : 0;
        context.Timings.UpstreamStartedAt = timestamp;
        context.HoldInstance(_instance);
        return _instance;
    }

    /// <summary>What the transport needs for the try.</summary>
    public UpstreamCall CallTo(GatewayContext context, UpstreamInstance instance)
    {
        long deadline = _plan.Timeouts.PerTry == Timeout.InfiniteTimeSpan ? _deadline : Math.Min(_deadline, Http1.StageDeadline.After(_plan.Timeouts.PerTry));
        var call = new UpstreamCall(instance, _method, instance.BasePath + _target, _plan.Timeouts, deadline);
        if (context.Spans is { } spans)
            spans.Call = call;
        return call;
    }

    /// <summary>Takes note of what came of the try.</summary>
    /// <returns>Whether another instance takes its place, since nothing was sent.</returns>
    public bool Take(GatewayContext context, UpstreamResult result)
    {
        CallOutcome outcome = CallOutcomes.Of(context, result.Error);
        _plan.Service.Health?.Report(_instance!, outcome, result.Error, context.Clock);
        Error = result.Error;
        Failure = null;
        if (result.Error is not null)
            Failure = context.ClientGone ? UpstreamFailures.ClientGone : UpstreamFailures.Of(result.Error, _plan.Service.Name);

        // The breaker is told of the try when it is over: that some instances of many refuse is no failure of the service.
        if (MovesOn(context, result))
            return true;
        Report(context, outcome);
        return false;
    }

    /// <summary>Lets go of what the last try left, so that another may take its place.</summary>
    public async ValueTask DropAnswerAsync(GatewayContext context)
    {
        if (context.Response.Body is { } body)
            await body.DisposeAsync(context);
        context.Response.Forget();
        context.ReleaseCall();
        context.Request.RewindBody();
        if (_instance is not null)
            _tried |= _plan.Service.BitOf(_instance);
        if (!_plan.Service.HasUntried(_tried))
            _tried = 0;
        _moves = 0;
    }

    /// <summary>Makes a refusal the answer, unless a try has failed before: then that is told.</summary>
    public UpstreamInstance? Refuse(GatewayFailure refusal)
    {
        Failure ??= refusal;
        return null;
    }

    /// <summary>Whoever counts calls is told of the last, in case nothing else has.</summary>
    public void End(GatewayContext context) => Report(context, CallOutcome.Neither);

    private void Prepare(GatewayContext context, Retry.RetryPlan retry)
    {
        retry.Budget.Count(LimitClock.Of(context.Clock, context.Timings.StartedAt));
        IsRepeatable = Retry.RetryPlan.IsRepeatable(context, _method) && context.Request.TryHoldBody(retry.Settings.MaxBody.Bytes, context.TryHold);
    }

    private bool MovesOn(GatewayContext context, UpstreamResult result)
    {
        if (result.Error is null || !result.MayMoveOn || context.ClientGone)
            return false;
        _instance!.CoolDown(LimitClock.Now(context.Clock));
        _tried |= _plan.Service.BitOf(_instance);
        return ++_moves <= MostMoves && Left > TimeSpan.Zero && _plan.Service.HasUntried(_tried);
    }

    private void Report(GatewayContext context, CallOutcome outcome)
    {
        if (!_isUnreported)
            return;
        _isUnreported = false;
        _plan.Breaker!.State.Report(_epoch, outcome, context.Clock);
    }
}
