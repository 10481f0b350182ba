using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>Where the tenant of a request comes from, and how upstreams see it.</summary>
public sealed record TenancySettings
{
    /// <summary>The claim that names the tenant.</summary>
    [Setting("The claim of a verified caller that names the tenant.")]
    public string Claim { get; init; } = "tenant_id";

    /// <summary>The header in which upstreams see the tenant.</summary>
    [Setting("The header in which upstreams see the tenant. What a client sends under that name is removed.", Format = SettingFormat.HeaderName)]
    public string Header { get; init; } = "X-Tenant-ID";

    /// <summary>The inbound headers that are believed when no claim says otherwise.</summary>
    [Setting("The inbound headers that are believed when no claim says otherwise.", Format = SettingFormat.HeaderName, AllowSingle = true)]
    public IReadOnlyList<string> AcceptHeader { get; init; } = [];

    /// <summary>Which operations refuse a request without a tenant.</summary>
    [Setting("Which operations refuse a request without a tenant: those whose `security` asks for a caller, or all.")]
    public TenantRequirement Required { get; init; }
}
