using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.SizeLimits;

namespace Headgate.Gateway.Policies.AddressList;

/// <summary>Compiles <c>addresses</c> of an operation, else those of its path, else those of the document.</summary>
internal sealed class AddressListCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.AddressLists;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        AddressSettings? settings = LimitsExtension.Of(scope.Operation).Addresses ?? scope.Config.Addresses;
        return settings is null or { Allow.Count: 0, Deny.Count: 0 } ? null : scope.Share(settings, one => new AddressListPolicy(one));
    }
}
