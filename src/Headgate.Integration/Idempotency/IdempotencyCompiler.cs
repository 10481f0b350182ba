using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
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
        IdempotencySettings? settings = scope.Operation.Extensions.Get<IdempotencyExtension>() ?? (Creates(scope) ? scope.Config.Idempotency : null);
        return settings is null ? null : new IdempotencyPolicy(new IdempotencyPlan($"{scope.Api.Name}/{scope.Operation.Id}", settings, scope.CallTimeout + IdempotencyPlan.Margin), keys);
    }

    private static bool Creates(OperationScope scope) =>
        scope.Operation.Method == HttpMethods.Post && (scope.Operation.Node["responses"] as ObjectNode)?["201"] is not null;
}
