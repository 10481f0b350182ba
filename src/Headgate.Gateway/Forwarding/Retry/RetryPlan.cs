using System.Globalization;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding.Http1;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Forwarding.Retry;

/// <summary>How failed calls of an operation are repeated, compiled. Immutable; what changes is the budget.</summary>
/// <param name="Settings">What the document says.</param>
/// <param name="Budget">What bounds the retries of the service.</param>
/// <param name="Commons">Chance and log.</param>
internal sealed record RetryPlan(RetrySettings Settings, RetryBudget Budget, CallCommons Commons)
{
    /// <summary>The retries of an operation: its backend's own, else the service's, else the document's; null where a call is tried once.</summary>
    public static RetryPlan? Of(BackendExtension backend, ServiceSettings settings, UpstreamService service, OperationScope scope)
    {
        if ((backend.Retry ?? settings.Retry ?? scope.Config.Retry) is not { Attempts: > 1 } inForce)
            return null;
        var identity = new RetryBudgetIdentity(service.Name, service.AddressText);
        return new RetryPlan(inForce, scope.Living(identity, () => new RetryBudget(service.Name)), scope.Services.Commons);
    }

    /// <summary>
    /// Whether a request may be sent again: it is idempotent by its method (RFC 9110 §9.2.2), or by its key, which the service honours; and a connection that changes its
    /// protocol cannot.
    /// </summary>
    public static bool IsRepeatable(GatewayContext context, string method) =>
        (ExchangeSteps.IsIdempotent(method) || context.Request.Headers.ContainsKey("Idempotency-Key")) && !UpgradeRequest.IsWanted(context.Request);

    /// <summary>Waits for the time to try again.</summary>
    /// <param name="context">The request, with what came of the try before.</param>
    /// <param name="course">Its course so far.</param>
    /// <returns>False when it is not tried again, and what came of the last try is the answer.</returns>
    public async ValueTask<bool> AgainAsync(GatewayContext context, ForwardCourse course)
    {
        if (course.Tries >= Settings.Attempts || context.ClientGone || !course.IsRepeatable || !context.Request.CanRewindBody || !Wants(context, course.Error))
            return false;
        TimeSpan wait = WaitBefore(context, course);
        if (wait >= course.Left || !TakeFromBudget(context))
            return false;
        await course.DropAnswerAsync(context);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, context.Clock, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!context.ClientGone && !context.RequestAborted.IsCancellationRequested)
            return true;
        course.GiveUp();
        return false;
    }

    /// <summary>The retries in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"tried up to {Settings.Attempts} times");

    private bool Wants(GatewayContext context, GatewayErrorKind? error)
    {
        if (error is null)
            return Settings.Statuses.Contains(context.Response.StatusCode);
        return KindOf(error) is { } kind && Settings.Errors.Contains(kind);
    }

    private static RetryableError? KindOf(GatewayErrorKind error)
    {
        if (ReferenceEquals(error, ErrorCatalogue.UpstreamResponseTimeout))
            return RetryableError.Timeout;
        if (ReferenceEquals(error, ErrorCatalogue.UpstreamConnectionClosed))
            return RetryableError.Reset;
        bool isConnect = ReferenceEquals(error, ErrorCatalogue.UpstreamConnectFailed) || ReferenceEquals(error, ErrorCatalogue.UpstreamConnectTimeout)
            || ReferenceEquals(error, ErrorCatalogue.UpstreamDnsFailed) || ReferenceEquals(error, ErrorCatalogue.UpstreamTlsFailed);
        return isConnect ? RetryableError.Connect : null;
    }

    // RFC 9110 §10.2.3: a service that says when it is back is not asked before.
    private TimeSpan WaitBefore(GatewayContext context, ForwardCourse course)
    {
        TimeSpan wait = RetryDelay.After(Settings, course.Tries, Commons.Random.NextDouble());
        if (course.Error is not null)
            return wait;
        TimeSpan asked = RetryAfterField.Read(context.Response.Headers.RetryAfter, context.Clock.GetUtcNow()) ?? TimeSpan.Zero;
        return asked > wait ? asked : wait;
    }

    private bool TakeFromBudget(GatewayContext context)
    {
        bool isTaken = Budget.TryTake(LimitClock.Now(context.Clock), out bool isNews);
        if (isNews)
            RetryLog.BudgetUsedUp(Commons.Logger, Budget.Service, RetryBudget.MostPercent);
        return isTaken;
    }
}
