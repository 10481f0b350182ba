using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.SizeLimits;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.BuiltIns;

/// <summary>Takes the operations of Headgate's own documents, and no others.</summary>
internal sealed class BuiltInHandlerCompiler : HandlerCompiler
{
    public override GatewayHandler? Compile(OperationScope scope)
    {
        if (scope.Api.BuiltIn is not { } mount)
            return null;
        long mostBytes = SizeLimitsCompiler.SizeOf(scope).Body;
        if (mostBytes > BuiltInHandler.MostBodyBytes)
            throw new InvalidOperationException($"{scope.Operation.Id} of {scope.Api.Name} takes bodies of {mostBytes} bytes: an operation of Headgate's own holds them in memory.");
        return new BuiltInHandler(mount.Api.OperationOf(scope.Operation.Id), (scope.Operation.Node["summary"] as ScalarNode)?.Text ?? scope.Operation.Id);
    }
}
