using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Consumers;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.SizeLimits;

namespace Headgate.Gateway.Policies.ConcurrencyLimit;

/// <summary>Compiles <c>concurrency</c> of <c>x-gateway-config.limits</c> and of <c>x-gateway-limits</c>.</summary>
internal sealed class ConcurrencyLimitCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.ConcurrencyLimits;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        IEnumerable<ConcurrencyPlan> ofDocument = scope.Config.Limits.Concurrency.Select(rule => PlanOf(rule, rule.By.By == RateLimitBy.Endpoint, scope));
        IEnumerable<ConcurrencyPlan> ofOperation = (LimitsExtension.Of(scope.Operation).Concurrency ?? []).Select(rule => PlanOf(rule, true, scope));

        // Two that count the same are one: the narrower.
        ConcurrencyPlan[] plans = [.. ofDocument.Concat(ofOperation).GroupBy(plan => plan.State).Select(same => same.MinBy(plan => plan.Rule.Limit)!).OrderBy(plan => plan.State.Order)];
        scope.Api.ConcurrencyLimits.AddRange(plans);
        return plans.Length == 0 ? null : new ConcurrencyLimitPolicy(plans);
    }

    private static ConcurrencyPlan PlanOf(ConcurrencyRule rule, bool isOfOperation, OperationScope scope)
    {
        string? service = rule.By.By == RateLimitBy.Service ? ForwardHandlerCompiler.BackendOf(scope).Service ?? scope.Services.DefaultName : null;
        var identity = new ConcurrencyIdentity(scope.Api.Name, isOfOperation ? scope.Operation.Id : null, service, rule.By);
        return new ConcurrencyPlan(identity, rule, new ConsumerKey(rule.By, RateLimitCommons.Of(scope).Hasher), scope.Living(identity, () => new ConcurrencyState()));
    }
}
