using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Versioning;

/// <summary>Says in the answer which version of the API gave it, and that another would have answered under another name.</summary>
internal sealed class VersioningPolicy(ApiVersion version) : GatewayPolicy
{
    public override string Name => "versioning";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("versioning", $"{version.Text} by {version.Header}{(version.IsDefault ? ", the default" : "")}")];

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers[version.Header] = version.Text;

        // RFC 9110 §12.5.5: a cache must not give one version's answer to who asked for another.
        VaryField.Add(headers, version.Header);
        return ValueTask.CompletedTask;
    }
}
