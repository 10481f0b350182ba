using System.IO.Pipelines;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// Holds requests to the document: media types, parameters, bodies. Everything that is wrong is told in one answer. A body that is checked is held in the client's
/// pipe, up to a bound, and forwarded from there.
/// </summary>
internal sealed class ValidationPolicy(ValidationPlan plan) : GatewayPolicy
{
    /// <summary>The largest body that is checked on an event thread; a larger one, or a slow schema, goes to the pool.</summary>
    internal const int MostEventThreadBytes = 32 * 1024;

    /// <summary>How often schemas are applied on an event thread to one value; what needs more is checked anew on the pool.</summary>
    internal const long MostEventThreadSteps = 50_000;

    private readonly bool _isSlow = plan.Parameters.IsSlow || plan.Body is { IsSlow: true };

    public override string Name => "validation";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings =>
    [
        new PlanSetting("validation.maxBody", plan.Settings.MaxBody.ToString()),
        new PlanSetting("validation.unknownQuery", plan.Settings.RefuseUnknownQuery ? "refused" : "passed on"),
        new PlanSetting("answers with", plan.Answers.List.Length == 0 ? "anything" : plan.Answers.List),
    ];

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (!plan.Answers.AreAcceptable(context.Request.Headers.Accept))
            return new ValueTask<PolicyVerdict>(Refuse(context, new GatewayFailure(ErrorCatalogue.ResponseNotAcceptable, $"The operation answers with {plan.Answers.List}.")));
        return _isSlow && PoolHop.IsNeeded ? HopAndCheckAsync(context) : CheckAsync(context);
    }

    private async ValueTask<PolicyVerdict> HopAndCheckAsync(GatewayContext context)
    {
        await PoolHop.Now();
        return await CheckAsync(context);
    }

    private ValueTask<PolicyVerdict> CheckAsync(GatewayContext context)
    {
        var violations = default(Violations);
        ValidationMemory memory = ValidationMemory.ForThread(MostEventThreadSteps);
        plan.Parameters.Check(context, memory, ref violations);
        if (memory.Session.RanOut)
            return HopAndCheckAsync(context);
        ClientRequest request = context.Request;
        if (plan.Body is not { } body || !request.HasBody)
            return new ValueTask<PolicyVerdict>(ConcludeWithoutBody(context, violations));
        string contentType = request.Headers.ContentType.ToString();
        if (body.Find(contentType) is not { } rule)
            return new ValueTask<PolicyVerdict>(Refuse(context, UnsupportedBody.OfType(body, contentType)));
        if (!BodyChecks.Reads(rule, contentType))
            return new ValueTask<PolicyVerdict>(Conclude(context, violations));
        if (UnsupportedBody.Find(body, contentType, request.Headers.ContentEncoding) is { } unreadable)
            return new ValueTask<PolicyVerdict>(Refuse(context, unreadable));
        if (request.ContentLength > plan.MaxBodyBytes)
            return new ValueTask<PolicyVerdict>(Refuse(context, TooLarge()));
        return CheckBodyAsync(context, rule, contentType, violations);
    }

    private ValueTask<PolicyVerdict> CheckBodyAsync(GatewayContext context, BodyRule rule, string contentType, Violations violations)
    {
        ReadResult? look = BodyPeek.TryLook(context.Request, plan.MaxBodyBytes, out long examinedBytes);
        bool mayStay = look is { } arrived && (arrived.Buffer.Length <= MostEventThreadBytes || !PoolHop.IsNeeded);
        return mayStay
            ? CheckBodyAsync(context, rule, contentType, look!.Value, examinedBytes, violations)
            : FinishBodyAsync(context, rule, contentType, look, examinedBytes, violations);
    }

    private async ValueTask<PolicyVerdict> FinishBodyAsync(GatewayContext context, BodyRule rule, string contentType, ReadResult? look, long examinedBytes, Violations violations)
    {
        (ReadResult, long)? looked = look is { } arrived ? (arrived, examinedBytes) : await BodyPeek.WaitAsync(context, plan.MaxBodyBytes, examinedBytes);
        if (looked is null)
            return Refuse(context, GatewayContext.BodiesFull);
        (ReadResult result, examinedBytes) = looked.Value;
        if (result.Buffer.Length > MostEventThreadBytes && PoolHop.IsNeeded)
            await PoolHop.Now();
        return await CheckBodyAsync(context, rule, contentType, result, examinedBytes, violations);
    }

    private ValueTask<PolicyVerdict> CheckBodyAsync(GatewayContext context, BodyRule rule, string contentType, ReadResult result, long examinedBytes, Violations violations)
    {
        bool isTooLarge = result.Buffer.Length > plan.MaxBodyBytes;
        bool isAbsent = result.Buffer.IsEmpty;
        ValidationMemory memory = ValidationMemory.ForThread(MostEventThreadSteps);
        if (!isTooLarge && !isAbsent)
            BodyChecks.Check(rule, contentType, result.Buffer, memory, ref violations);
        BodyPeek.PutBack(context.Request, result, examinedBytes);
        return memory.Session.RanOut ? HopAndCheckAsync(context)
            : new ValueTask<PolicyVerdict>(isTooLarge ? Refuse(context, TooLarge()) : isAbsent ? ConcludeWithoutBody(context, violations, rule) : Conclude(context, violations));
    }

    private PolicyVerdict ConcludeWithoutBody(GatewayContext context, Violations violations, BodyRule rule)
    {
        // A body in chunks may turn out to be none; one that is explained is declared and not there.
        if (context.Explanation is null || violations.Any)
            return ConcludeWithoutBody(context, violations);
        context.Explanation.Add(Name, "continue", $"the rest is as declared; the body would be held to the schema of {rule.Range.Text}");
        return PolicyVerdict.Continue;
    }

    private PolicyVerdict ConcludeWithoutBody(GatewayContext context, Violations violations)
    {
        if (plan.Body is { Required: true })
            violations.Add("", "is required: the request has no body");
        return Conclude(context, violations);
    }

    private PolicyVerdict Conclude(GatewayContext context, Violations violations)
    {
        if (!violations.Any)
        {
            context.Explanation?.Add(Name, "continue", "the request is as declared");
            return PolicyVerdict.Continue;
        }

        FailureDetail first = violations.All[0];
        string place = first.Pointer.Length == 0 ? "The body" : first.Pointer;
        string rest = violations.All.Count == 1 ? "" : $" ({violations.All.Count - 1} more)";
        return Refuse(context, new GatewayFailure(ErrorCatalogue.RequestInvalid, $"{place} {first.Detail}{rest}.") { Errors = violations.All });
    }

    private GatewayFailure TooLarge() =>
        new(ErrorCatalogue.RequestBodyTooLarge, $"The body is larger than the {plan.MaxBodyBytes} bytes that this operation takes of a body that it checks.");

    private PolicyVerdict Refuse(GatewayContext context, GatewayFailure failure)
    {
        context.Explanation?.Add(Name, "refused", failure.Detail);
        return context.Fail(failure);
    }
}
