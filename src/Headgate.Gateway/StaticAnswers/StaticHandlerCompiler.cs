using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Takes operations with <c>x-gateway-static</c>, whatever else they say about who answers: so an Overlay can stand in for services that are not there yet.</summary>
internal sealed class StaticHandlerCompiler : HandlerCompiler
{
    public override GatewayHandler? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<StaticExtension>() is not { Enabled: true } settings)
            return null;
        IReadOnlyList<StaticStatus> statuses = new StaticAnswerCompiler(scope, settings).Compile();

        // What is wrong is reported: the document does not run. Another handler would only report more.
        return statuses.Count == 0 ? new NotImplementedHandler(StaticExtension.Definition.Name) : new StaticHandler(new StaticChoice(statuses, settings.Prefer));
    }
}
