using System.Runtime.CompilerServices;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Pipeline.Detached;
using Headgate.Gateway.Plans.Listing;
using Headgate.Storage;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// Has a request with an <c>Idempotency-Key</c> carried out once: who claims the key in the store calls the operation's handler, apart from the client's connection, and keeps the answer before
/// the client sees it; whoever comes with the key later is given that answer. Follows draft-ietf-httpapi-idempotency-key-header.
/// </summary>
internal sealed class IdempotencyPolicy(IdempotencyPlan plan, IdempotencyKeys keys) : GatewayPolicy
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public override string Name => "idempotency";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("idempotency", plan.Settings);

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (KeyedRequest.ReadKey(plan, context, out string? key) is { } refusal)
            return new ValueTask<PolicyVerdict>(Refuse(context, refusal.Kind, refusal.Detail));
        if (key is null)
        {
            context.Explanation?.Add(Name, "continue", "the request has no key");
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }

        if (context.Explanation is not { } explanation)
            return ServeAsync(context, key);
        explanation.Add(Name, "continue", "the key would be claimed, or the answer given that it has; nothing is looked up");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<PolicyVerdict> ServeAsync(GatewayContext context, string key)
    {
        if (await RequestBodyReader.ReadAsync(context, plan.Settings.MaxBody.Bytes, $"With {IdempotencyKey.Header} a body of this operation") is not { } body)
            return PolicyVerdict.Answered;
        (RequestHash id, RequestHash fingerprint) = KeyedRequest.Of(plan, context, key, body.Span);
        ClaimResult result;
        try
        {
            result = keys.Recent.Find(id)
                ?? await new LoopReturn<ClaimResult>(keys.Table.ClaimAsync(id, fingerprint, plan.ClaimedFor, plan.Settings.Ttl, CancellationToken.None));
        }
        catch (StoreException exception) when (exception.Problem.Kind is not (StoreErrorKind.Statement or StoreErrorKind.Constraint))
        {
            // The store's own log has the reason, which is not for clients. Nothing was called.
            return context.Fail(new GatewayFailure(ErrorCatalogue.StoreUnavailable, "The key of the request cannot be claimed at the moment. Nothing was done.") { RetryAfter = s_retryAfter });
        }

        if (result.Taken is not { } claim)
            return Answer(context, id, fingerprint, result);
        await CarryOutAsync(context, claim, fingerprint, body);
        return PolicyVerdict.Answered;
    }

    private PolicyVerdict Answer(GatewayContext context, RequestHash id, RequestHash fingerprint, ClaimResult known)
    {
        if (known.Fingerprint != fingerprint)
        {
            keys.Counters.Count(IdempotencyResult.Mismatched);
            return Refuse(context, ErrorCatalogue.IdempotencyKeyReused, "The key was used before, for another request. A new request needs a new key.");
        }

        if (known.Answer is not { } answer)
        {
            keys.Counters.Count(IdempotencyResult.Running);
            return context.Fail(new GatewayFailure(ErrorCatalogue.IdempotentRequestRunning, "A request with this key is under way.") { RetryAfter = s_retryAfter });
        }

        keys.Counters.Count(IdempotencyResult.Replayed);
        keys.Recent.Add(id, known);
        answer.GiveTo(context);

        // RFC 6265 §4.1: a cookie is the state of one user agent, and all of a tenant are several.
        if (plan.Settings.Scope == IdempotencyScope.Tenant)
            context.Response.Headers.SetCookie = default;
        return PolicyVerdict.Answered;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CarryOutAsync(GatewayContext context, Claim claim, RequestHash fingerprint, ReadOnlyMemory<byte> body)
    {
        keys.Running.Begin(claim);
        try
        {
            DetachedAnswer answer = await CallAsync(context, claim, body);
            if (IsFinal(answer))
                await KeepAsync(context, claim, fingerprint, answer);
            else
                await ReleaseAsync(context, claim);
        }
        finally
        {
            keys.Running.End(claim);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DetachedAnswer> CallAsync(GatewayContext context, Claim claim, ReadOnlyMemory<byte> body)
    {
        try
        {
            return await DetachedAnswer.OfAsync(context, body, (int)plan.Settings.MaxAnswer.Bytes);
        }
        catch
        {
            await ReleaseAsync(context, claim);
            throw;
        }
    }

    // What Headgate says in a service's place is not kept, nor what says that nothing was done and to come again (RFC 9110 §15.5.9, §15.6.4, RFC 6585 §4, RFC 8470 §5.2), or that nobody knows what was.
    private static bool IsFinal(DetachedAnswer answer) => answer.IsOfService && answer.Status is not (
        StatusCodes.Status408RequestTimeout or 425 or StatusCodes.Status429TooManyRequests
        or StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask KeepAsync(GatewayContext context, Claim claim, RequestHash fingerprint, DetachedAnswer answer)
    {
        KeptAnswer kept = KeptAnswer.Of(answer, keys.Time.GetUtcNow() + plan.Settings.Ttl);
        try
        {
            bool isKept = await new LoopReturn<int>(keys.Table.CompleteAsync(claim, kept, CancellationToken.None)) == 1;
            keys.Counters.Count(isKept ? IdempotencyResult.Kept : IdempotencyResult.NotKept);
            if (isKept)
                keys.Recent.Add(claim.Key, new ClaimResult(null, fingerprint, kept));
            else
                IdempotencyLog.TakenOver(keys.Logger, context.RequestId, plan.Operation, plan.ClaimedFor);
        }
        catch (StoreException failed)
        {
            // It was done, and the client is told so. Who asks again waits until the claim is over, and the service sees the key.
            keys.Counters.Count(IdempotencyResult.NotKept);
            IdempotencyLog.NotKept(keys.Logger, context.RequestId, plan.Operation, failed.Message);
        }
    }

    private async ValueTask ReleaseAsync(GatewayContext context, Claim claim)
    {
        keys.Counters.Count(IdempotencyResult.Released);
        try
        {
            await new LoopReturn<int>(keys.Table.ReleaseAsync(claim, CancellationToken.None));
        }
        catch (StoreException failed)
        {
            IdempotencyLog.NotReleased(keys.Logger, context.RequestId, plan.Operation, failed.Message);
        }
    }

    private PolicyVerdict Refuse(GatewayContext context, GatewayErrorKind kind, string detail)
    {
        context.Explanation?.Add(Name, "refused", detail);
        return context.Fail(new GatewayFailure(kind, detail));
    }
}
