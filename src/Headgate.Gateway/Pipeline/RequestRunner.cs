using System.Runtime.CompilerServices;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.RequestId;
using Headgate.Gateway.Policies.TraceContext;
using Headgate.Gateway.Routing;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Takes a request from its parsed head to the last byte of its answer: identify, route, policies, handler, policies back, body. The whole life of a
/// request is in this file; <c>docs/guides/life-of-a-request.md</c> tells it. Thread-safe.
/// </summary>
public sealed class RequestRunner(ErrorWriter errors, ILogger<RequestRunner> logger)
{
    /// <summary>Serves one request. Never throws: what goes wrong becomes an error answer, or breaks the connection off when the answer has begun.</summary>
    public async Task RunAsync(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            // In this method and not in one of its own: each that waits for the upstream costs an allocation per request.
            if (Enter(context) == PolicyVerdict.Continue && await RunPoliciesAsync(context, context.Operation!) == PolicyVerdict.Continue)
                await context.Operation!.Handler.HandleAsync(context);
            await RespondAsync(context);
        }
        catch (Exception exception) when (RequestFaults.IsExpected(exception, context))
        {
            await RecoverAsync(context, RequestFaults.ToFailure(exception, context));
        }
        catch (Exception exception)
        {
            RequestLog.Failed(logger, exception, context.RequestId, context.Operation?.Id ?? "-");
            await RecoverAsync(context, new GatewayFailure(ErrorCatalogue.InternalError, "The fault is the gateway's; it is logged under this request's id."));
        }
        finally
        {
            if (context.Response.Body is { } body)
                await body.DisposeAsync(context);
            context.LetGo();
        }
    }

    /// <summary>Decides about a request as <see cref="RunAsync"/> would, with what every policy says written down and no upstream called.</summary>
    /// <returns>The status with which a request would be answered, or null when it would be handed to the handler.</returns>
    public static async Task<int?> ExplainAsync(GatewayContext context, Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(explanation);
        context.Explanation = explanation;
        if (Enter(context) == PolicyVerdict.Continue)
        {
            PolicyVerdict verdict = await RunPoliciesAsync(context, context.Operation!);
            if (verdict == PolicyVerdict.Continue)
            {
                GatewayHandler handler = context.Operation!.Handler;
                if (handler.AnswersAlone)
                    await handler.HandleAsync(context);
                GatewayFailure? foreseen = context.Failure ?? handler.Foresee(context);
                explanation.Add(handler.Name, foreseen is null ? "would run" : "would refuse", handler.Describe());
                if (foreseen is null)
                    return handler.AnswersAlone ? context.Response.StatusCode : null;
                context.Fail(foreseen);
            }
        }

        if (context.Failure is not { } failure)
            return context.Response.StatusCode;
        explanation.Add("answer", $"{failure.Kind.Status} {failure.Kind.Code}", failure.Detail);
        return failure.Kind.Status;
    }

    // What every request goes through, whether or not there is an operation for it.
    private static PolicyVerdict Enter(GatewayContext context)
    {
        RequestIdentification.Apply(context);
        TraceIdentification.Apply(context);
        PolicyVerdict framing = RequestFraming.Check(context);
        return framing == PolicyVerdict.Continue ? RequestRouting.Apply(context) : framing;
    }

    // Policies complete synchronously as a rule: the loop becomes asynchronous only where one does not.
    private static ValueTask<PolicyVerdict> RunPoliciesAsync(GatewayContext context, OperationPlan operation)
    {
        GatewayPolicy[] policies = operation.RequestPolicies;
        for (int i = 0; i < policies.Length; i++)
        {
            ValueTask<PolicyVerdict> verdict = policies[i].OnRequestAsync(context);
            if (!verdict.IsCompletedSuccessfully)
                return FinishPoliciesAsync(verdict, context, policies, i + 1);
            if (verdict.Result == PolicyVerdict.Answered)
                return new ValueTask<PolicyVerdict>(PolicyVerdict.Answered);
        }

        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<PolicyVerdict> FinishPoliciesAsync(
        ValueTask<PolicyVerdict> pending, GatewayContext context, GatewayPolicy[] policies, int next)
    {
        PolicyVerdict verdict = await pending;
        for (; verdict == PolicyVerdict.Continue && next < policies.Length; next++)
            verdict = await policies[next].OnRequestAsync(context);
        return verdict;
    }

    private async ValueTask RespondAsync(GatewayContext context)
    {
        if (context.ClientGone && context.Response.Body is null)
            return;
        if (context.Failure is not null)
            errors.Apply(context);
        RequestIdentification.Sign(context);
        if (context.Operation is { } operation)
        {
            foreach (GatewayPolicy policy in operation.ResponsePolicies)
                await policy.OnResponseAsync(context);
        }

        if (context.Response.Body is { } body)
            await WriteBodyAsync(context, body);
    }

    private async ValueTask WriteBodyAsync(GatewayContext context, ResponseBody body)
    {
        bool hadFailed = context.Failure is not null;
        await body.WriteAsync(context);
        if (hadFailed || context.Failure is null || !context.Response.IsReplaceable || context.ClientGone)
            return;

        // The body broke off before anything went out: an error takes the place of the whole response, whose head was the upstream's.
        await body.DisposeAsync(context);
        context.Response.Headers.Clear();
        await RespondAsync(context);
    }

    private async ValueTask RecoverAsync(GatewayContext context, GatewayFailure failure)
    {
        context.Fail(failure);
        context.Response.ForgetCaptured();
        if (!context.Response.IsReplaceable || context.ClientGone)
        {
            context.AbortClient();
            return;
        }

        // What the handler left is let go of before the error takes its place: an upstream's body holds a connection, its head tells of that body.
        if (context.Response.Body is { } abandoned)
            await abandoned.DisposeAsync(context);
        context.Response.Body = null;
        context.Response.Headers.Clear();
        try
        {
            await RespondAsync(context);
        }
        catch (Exception exception) when (context.Response.IsReplaceable && !context.ClientGone)
        {
            // A policy of the response is the fault, or at fault as well: the client gets the error without what policies add to it.
            RequestLog.Failed(logger, exception, context.RequestId, context.Operation?.Id ?? "-");
            context.Response.Headers.Clear();
            errors.Apply(context);
            RequestIdentification.Sign(context);
            await context.Response.Body!.WriteAsync(context);
        }
    }
}
