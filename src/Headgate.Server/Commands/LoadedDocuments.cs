using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas;
using Headgate.Server.Documents;
using Headgate.Server.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Commands;

/// <summary>Loads documents for a command that looks at them and serves nobody.</summary>
internal static class LoadedDocuments
{
    /// <summary>The keys of issuers for one command: fetched when a request that is explained needs them.</summary>
    public static IssuerKeysDirectory CreateIssuers(TimeProvider time) => new(time, NullLogger<IssuerKeysDirectory>.Instance);

    public static Configuration Load(ServerOptions options, IssuerKeysDirectory issuers, TimeProvider time)
    {
        using UpstreamTransports transports = BuiltIn.CreateTransports(options, loops: null, time);
        var parts = new CompilerParts
        {
            Issuers = issuers,
            Accounts = new ServiceAccountRegistry(store: null, options.ToServiceAccountOptions(keySecret: null), time, NullLogger<ServiceAccountRegistry>.Instance),
            ApiKeys = new KnownKeys(),
            Roles = new KnownRoles(),
            IdempotencyKeys = new IdempotencyKeys(store: null, time, NullLogger<IdempotencyKeys>.Instance),
            Sagas = new SagaRegistry(store: null, operations: null, time, NullLogger<SagaRegistry>.Instance),
            OffersEvents = options.Events,
            Publish = options.ToPublishOptions(),
            Time = time,
            Logs = NullLoggerFactory.Instance,
        };
        AnswerWatch? answers = options.ValidateResponses ? new AnswerWatch(time, NullLogger<AnswerWatch>.Instance) : null;
        PlanCompiler compiler = BuiltIn.CreateCompiler(options.ToPlanOptions() with { Answers = answers }, new UpstreamDirectory(transports, NullLogger<UpstreamDirectory>.Instance), parts);
        return BuiltIn.CreateConfigurationLoader(options, compiler).Load(previous: null);
    }
}
