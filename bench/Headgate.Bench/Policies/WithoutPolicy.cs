using Headgate.Gateway.Pipeline;

namespace Headgate.Bench.Policies;

/// <summary>A compiler whose policy is left out of the pipeline when it has the given name; all else is compiled as it is.</summary>
internal sealed class WithoutPolicy(PolicyCompiler compiler, string name) : PolicyCompiler
{
    public override PipelineStage Stage => compiler.Stage;

    public override GatewayPolicy? Compile(OperationScope scope) => compiler.Compile(scope) is { } policy && policy.Name != name ? policy : null;
}
