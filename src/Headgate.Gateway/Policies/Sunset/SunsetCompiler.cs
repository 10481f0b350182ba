using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>Compiles <c>deprecated: true</c> and <c>x-gateway-sunset</c>. Any other operation has no such policy.</summary>
internal sealed class SunsetCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Deprecation;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        SunsetExtension? extension = scope.Operation.Extensions.Get<SunsetExtension>();
        if (extension is null && !scope.Operation.Deprecated)
            return null;
        DateTimeOffset compiledAt = scope.Api.CompiledAt;
        DeprecatedUse use = scope.Living(
            new DeprecatedUseIdentity(scope.Api.Name, scope.Operation.Id), () => new DeprecatedUse(scope.Api.Name, scope.Operation.Id, compiledAt));
        scope.Api.DeprecatedUses.Add(use);

        // Where no date is given the operation is deprecated since a document that said so was first loaded here.
        return new SunsetPolicy(new SunsetPlan(extension ?? new SunsetExtension(), extension?.Deprecated ?? use.Since), use);
    }
}
