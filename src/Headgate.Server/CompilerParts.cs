using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Publishing;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas;

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

    /// <summary>The idempotency keys that were used.</summary>
    public required IdempotencyKeys IdempotencyKeys { get; init; }

    /// <summary>The sagas.</summary>
    public required SagaRegistry Sagas { get; init; }

    /// <summary>The event log; null for a command that looks at documents alone.</summary>
    public EventLog? Events { get; init; }

    /// <summary>Whether it is offered to services.</summary>
    public required bool OffersEvents { get; init; }

    /// <summary>Long work; null for a command that looks at documents alone.</summary>
    public OperationServices? Operations { get; init; }

    /// <summary>What this instance says about published documents.</summary>
    public required PublishOptions Publish { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where compiled parts write their log.</summary>
    public required ILoggerFactory Logs { get; init; }
}
