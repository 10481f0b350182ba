using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>How it is decided what callers may do.</summary>
public sealed record AuthorizationSettings
{
    /// <summary>Whose word on a caller's roles counts.</summary>
    [Setting("Where the roles of callers come from: what their credential says (the claims of a token, the roles of an API key), and what the admin API has assigned to them in the store.", AllowSingle = true, Count = "1..2")]
    public IReadOnlyList<RoleSource> RolesFrom { get; init; } = [RoleSource.Credential, RoleSource.Store];
}
