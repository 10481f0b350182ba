using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Authentication;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Tenancy;

/// <summary>
/// Decides for which tenant the request is: the one that the caller's credential names, else the one in an inbound header that the document accepts.
/// Where both are there they must agree. Upstreams see it under one name.
/// </summary>
/// <param name="acceptHeaders">The inbound headers that are believed.</param>
/// <param name="isRequired">Whether a request without a tenant is refused.</param>
internal sealed class TenancyPolicy(IReadOnlyList<string> acceptHeaders, bool isRequired) : GatewayPolicy
{
    private readonly GatewayFailure _missing = new(
        ErrorCatalogue.TenantMissing,
        acceptHeaders.Count == 0 ? "The caller's credential names no tenant." : $"Neither the caller's credential nor the header {string.Join(" or ", acceptHeaders)} names a tenant.");

    public override string Name => "tenancy";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("tenancy", $"{(isRequired ? "required" : "optional")}{(acceptHeaders.Count == 0 ? "" : $", accepted in {string.Join(", ", acceptHeaders)}")}")];

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        string? claimed = context.Caller?.Tenant;
        string? header = null;
        for (int i = 0; i < acceptHeaders.Count; i++)
        {
            StringValues sent = context.Request.Headers[acceptHeaders[i]];
            if (sent.Count == 0)
                continue;
            if (sent is not [{ } tenant] || !CallerText.IsTenant(tenant))
                return Refuse(context, new GatewayFailure(ErrorCatalogue.TenantInvalid, $"The header {acceptHeaders[i]} takes one tenant of at most {CallerText.MostTenantChars} letters, digits, '.', '_' and '-'."));

            // The claim goes before all headers, and each of them must agree with what goes before it.
            if ((claimed ?? header) is { } decided && !string.Equals(decided, tenant, StringComparison.Ordinal))
                return Refuse(context, new GatewayFailure(ErrorCatalogue.TenantMismatch, claimed is null ? "The request names two tenants." : $"The caller is not of the tenant in the header {acceptHeaders[i]}."));
            header = tenant;
        }

        return Decide(context, claimed, header);
    }

    private ValueTask<PolicyVerdict> Decide(GatewayContext context, string? claimed, string? header)
    {
        context.Tenant = claimed ?? header;
        if (context.Tenant is null && isRequired)
            return Refuse(context, _missing);
        context.Explanation?.Add(Name, "continue", context.Tenant is null ? "no tenant is given" : $"tenant {context.Tenant} from {(claimed is null ? "a header" : "the caller's credential")}");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    private ValueTask<PolicyVerdict> Refuse(GatewayContext context, GatewayFailure failure)
    {
        context.Explanation?.Add(Name, "refused", failure.Detail);
        return new ValueTask<PolicyVerdict>(context.Fail(failure));
    }
}
