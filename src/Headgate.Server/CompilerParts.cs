using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;

namespace Headgate.Server;

/// <summary>What plans are compiled with beside documents and settings: what lives longer than a plan and is used by policies of several features.</summary>
internal sealed record CompilerParts
{
    /// <summary>The keys of token issuers.</summary>
    public required IssuerKeysDirectory Issuers { get; init; }

    /// <summary>The programs that may have tokens.</summary>
    public required ServiceAccountRegistry Accounts { get; init; }

    /// <summary>The API keys that hold.</summary>
    public required KnownKeys ApiKeys { get; init; }

    /// <summary>The roles of the store.</summary>
    public required KnownRoles Roles { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where compiled parts write their log.</summary>
    public required ILoggerFactory Logs { get; init; }
}
