using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Compiles <c>x-gateway-compression</c> and <c>x-gateway-config.compression</c>.</summary>
internal sealed class CompressionCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Compression;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        CompressionExtension? settings = scope.Operation.Extensions.Get<CompressionExtension>() ?? scope.Config.Compression;
        return settings is { Enabled: true } ? scope.Share(settings, settings => new CompressionPolicy(settings, CompressionLoad.Process)) : null;
    }
}
