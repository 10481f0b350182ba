using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Takes operations that ask for a handler which is bound but not built yet, unless they say with <c>x-gateway-backend</c> where else to go.
/// </summary>
internal sealed class NotImplementedHandlerCompiler : HandlerCompiler
{
    public override GatewayHandler? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<BackendExtension>() is not null)
            return null;
        foreach (BoundExtension extension in scope.Operation.Extensions.All)
        {
            if (extension.Definition is { IsHandler: true, Enforced: false } definition)
                return new NotImplementedHandler(definition.Name);
        }

        return null;
    }
}
