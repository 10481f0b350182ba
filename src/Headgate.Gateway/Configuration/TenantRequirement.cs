using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>Which operations are served for a tenant only.</summary>
public enum TenantRequirement
{
    /// <summary>None.</summary>
    [SettingName("none")]
    None,

    /// <summary>Those whose <c>security</c> asks for a caller.</summary>
    [SettingName("secured")]
    Secured,

    /// <summary>All.</summary>
    [SettingName("all")]
    All,
}
