using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Pipeline;

/// <summary>Answers 501 for an operation whose handler this build does not have.</summary>
internal sealed class NotImplementedHandler(string extension) : GatewayHandler
{
    public override string Name => "not-implemented";

    public override GatewayErrorKind Refusal => ErrorCatalogue.HandlerNotImplemented;

    public override string Describe() => $"answers 501: {extension} is not enforced yet";

    public override ValueTask HandleAsync(GatewayContext context)
    {
        context.Fail(new GatewayFailure(Refusal, $"The operation is declared with {extension}, which this version does not run yet."));
        return ValueTask.CompletedTask;
    }
}
