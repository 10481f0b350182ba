using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>What the handler of an operation says that it would do.</summary>
internal sealed class GatewayForesight(TestGateway gateway, string path)
{
    private GatewayHandler Handler => gateway.Plan.Apis.SelectMany(api => api.Operations).First(operation => operation.Operation.Path.Text == path).Handler;

    /// <summary>The code of the error with which it would refuse; null when it would not.</summary>
    public string? Code => Handler.Foresee(TestRequest.Ended(time: gateway.Time))?.Kind.Code;

    public string Description => Handler.Describe();
}
