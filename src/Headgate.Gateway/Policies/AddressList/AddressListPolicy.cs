using System.Net;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Policies.AddressList;

/// <summary>Refuses clients by their address, before anything else is done for them.</summary>
internal sealed class AddressListPolicy(AddressSettings settings) : GatewayPolicy
{
    private readonly AddressRanges _allowed = new(AddressSettings.Networks(settings.Allow));
    private readonly AddressRanges _denied = new(AddressSettings.Networks(settings.Deny));

    public override string Name => "address-list";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("addresses", settings);

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        IPAddress? address = context.ClientAddress.Address;
        bool isDenied = address is not null && _denied.Contains(address);
        bool isAllowed = _allowed.IsEmpty || (address is not null && _allowed.Contains(address));
        if (isAllowed && !isDenied)
        {
            context.Explanation?.Add(Name, "continue", $"{context.ClientAddress.Text} may call");
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }

        context.Explanation?.Add(Name, "refused", $"{context.ClientAddress.Text} is {(isDenied ? "denied" : "not among those that are allowed")}");
        return new ValueTask<PolicyVerdict>(context.Fail(new GatewayFailure(ErrorCatalogue.ClientAddressDenied, "Clients may not call this operation from this address.")));
    }
}
