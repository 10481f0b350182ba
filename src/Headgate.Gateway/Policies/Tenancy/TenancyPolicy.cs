using System.Buffers;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Tenancy;

/// <summary>
/// Takes the tenant from the inbound headers that the document accepts, so that upstreams see it under one name. A verified
/// caller's claim goes before them.
/// </summary>
internal sealed class TenancyPolicy(IReadOnlyList<string> acceptHeaders) : GatewayPolicy
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public override string Name => "tenancy";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        if (context.Tenant is not null)
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        for (int i = 0; i < acceptHeaders.Count; i++)
        {
            Microsoft.Extensions.Primitives.StringValues sent = context.Request.Headers[acceptHeaders[i]];
            if (sent.Count == 0)
                continue;
            return new ValueTask<PolicyVerdict>(Accept(context, acceptHeaders[i], sent));
        }

        context.Explanation?.Add(Name, "continue", "no tenant is given");
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    private PolicyVerdict Accept(GatewayContext context, string header, Microsoft.Extensions.Primitives.StringValues sent)
    {
        if (sent is [{ Length: > 0 and <= MaxLength } tenant] && !tenant.AsSpan().ContainsAnyExcept(s_allowed))
        {
            context.Tenant = tenant;
            context.Explanation?.Add(Name, "continue", $"tenant {tenant} from the header {header}");
            return PolicyVerdict.Continue;
        }

        string detail = $"The header {header} takes one tenant of at most {MaxLength} letters, digits, '.', '_' and '-'.";
        context.Explanation?.Add(Name, "refused", detail);
        return context.Fail(new GatewayFailure(ErrorCatalogue.TenantInvalid, detail));
    }
}
