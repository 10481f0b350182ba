using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
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
            if (extension.Definition is not { IsHandler: true, Enforced: false } definition)
                continue;
            scope.Diagnostics.Add(
                PlanDiagnostics.HandlerNotBuilt,
                extension.Node,
                $"{scope.Operation.Method} {scope.Operation.Path.Text} answers 501, because this version does not run {definition.Name} yet.",
                "Add x-gateway-backend to forward it meanwhile.");
            return new NotImplementedHandler(definition.Name);
        }

        return null;
    }
}
