using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Integration.Sagas;
using Headgate.OpenApi.Reading;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Idempotency;

/// <summary>
/// Compiles <c>x-gateway-idempotency</c>, and <c>x-gateway-config.idempotency</c> for each <c>POST</c> that creates: whose 201 answer is declared.
/// </summary>
internal sealed class IdempotencyCompiler(IdempotencyKeys keys) : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Idempotency;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        // A saga is known again by its key itself: it is there before its first step, and outlives whoever began it.
        bool isSaga = scope.Operation.Extensions.Get<SagaExtension>() is not null;
        return isSaga || PlanOf(scope) is not { } plan ? null : new IdempotencyPolicy(plan, keys);
    }

    /// <summary>What an operation says of keys; null for nothing.</summary>
    public static IdempotencyPlan? PlanOf(OperationScope scope)
    {
        IdempotencySettings? settings = scope.Operation.Extensions.Get<IdempotencyExtension>() ?? (Creates(scope) ? scope.Config.Idempotency : null);
        return settings is null ? null : new IdempotencyPlan($"{scope.Api.Name}/{scope.Operation.Id}", settings, scope.CallTimeout + IdempotencyPlan.Margin, UncheckedPlaces.Of(scope.Api));
    }

    private static bool Creates(OperationScope scope) =>
        scope.Operation.Method == HttpMethods.Post && (scope.Operation.Node["responses"] as ObjectNode)?["201"] is not null;
}
