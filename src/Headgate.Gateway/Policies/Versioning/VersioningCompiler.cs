using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Routing;

namespace Headgate.Gateway.Policies.Versioning;

/// <summary>Compiles <c>versioning</c> for the answers; requests find their version while they are routed (<see cref="VersionRoutes"/>).</summary>
internal sealed class VersioningCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Versioning;

    public override GatewayPolicy? Compile(OperationScope scope) =>
        scope.Api.Version is { } version ? scope.Share(version, version => new VersioningPolicy(version)) : null;
}
