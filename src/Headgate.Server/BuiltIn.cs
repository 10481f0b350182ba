using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Publishing;
using Headgate.Gateway.Roles;
using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.Sockets;
using Headgate.Integration;
using Headgate.Integration.Events.Ingest;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Operations;
using Headgate.Integration.Operations.Api;
using Headgate.Integration.Sagas;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.Server.Documents;
using Headgate.Server.Settings;
using Headgate.Storage;
using Headgate.Storage.Leases;
using Headgate.Storage.Migrations;

namespace Headgate.Server;

/// <summary>
/// What this program is made of: every extension, policy, handler and transport, listed once. What is not listed here does not exist for a document.
/// </summary>
internal static class BuiltIn
{
    /// <summary>The extensions that documents may use.</summary>
    public static ExtensionRegistry Extensions { get; } = IntegrationExtensions.RegisterAll(GatewayExtensions.RegisterAll(new ExtensionRegistry()));

    /// <summary>The policies; <see cref="PipelineStage"/> says in which order they meet a request.</summary>
    public static IReadOnlyList<PolicyCompiler> CreatePolicies(CompilerParts parts) => [.. DefaultPipeline.CreatePolicies(parts.Roles), parts.IdempotencyKeys.CreateCompiler()];

    /// <summary>The handlers; the first that takes an operation has it.</summary>
    public static IReadOnlyList<HandlerCompiler> CreateHandlers(CompilerParts parts) => [parts.Sagas.CreateCompiler(), .. DefaultPipeline.Handlers];

    /// <summary>What is checked of the extensions of a document before it is compiled.</summary>
    public static IReadOnlyList<DocumentCheck> Checks { get; } =
    [
        .. DefaultPipeline.Checks,
        (document, settingsServices, diagnostics) => new IntegrationExtensionChecks(settingsServices).Check(document, diagnostics),
    ];

    /// <summary>The tables of every feature, in the order in which they are made.</summary>
    public static IReadOnlyList<MigrationSet> Schema { get; } = [LeaseTable.Migrations, ServiceAccountRegistry.Migrations, RoleDirectory.Migrations, ApiKeyDirectory.Migrations, EventLog.Migrations, EventSubscriptions.Migrations, IdempotencyKeys.Migrations, OperationRegistry.Migrations, SagaRegistry.Migrations];

    /// <summary>The reader of this instance's documents.</summary>
    public static ConfigurationLoader CreateConfigurationLoader(ServerOptions options, PlanCompiler compiler) =>
        new(new DocumentLoader(Extensions), compiler, options.Documents, options.Overlays);

    /// <summary>How upstreams are reached: without event loops through the framework's client.</summary>
    public static UpstreamTransports CreateTransports(ServerOptions options, EventLoopGroup? loops, TimeProvider time) =>
        UpstreamTransports.Create(options.FrameworkTransport ? null : loops, time);

    /// <summary>Where state is kept.</summary>
    public static Store CreateStore(StoreLocation location, ILogger logger, TimeProvider time) => Store.Create(location, new StoreOptions(), Schema, logger, time);

    /// <summary>Who checks credentials: one for each kind of security scheme.</summary>
    public static IReadOnlyList<AuthenticatorCompiler> CreateAuthenticators(CompilerParts parts)
    {
        var verified = new VerifiedTokens();
        return
        [
            new JwtAuthenticatorCompiler(parts.Issuers, verified, parts.Time, parts.Logs.CreateLogger<JwtAuthenticatorCompiler>()),
            parts.Accounts.CreateAuthenticators(verified),
            new ApiKeyAuthenticatorCompiler(parts.ApiKeys, parts.Time, parts.Logs.CreateLogger<ApiKeyAuthenticatorCompiler>()),
        ];
    }

    /// <summary>What Headgate itself offers on the data plane, where a document or a setting asks for it.</summary>
    public static IReadOnlyList<BuiltInApi> CreateApis(CompilerParts parts) =>
    [
        parts.Accounts.CreateApi(Extensions),
        EventsApi.Create(Extensions, parts.OffersEvents, parts.Events, parts.Time),
        OperationsApi.Create(Extensions, BeginsOperations, parts.Operations, new CallerPermissions(parts.Roles)),
        .. PublishingApis.Create(Extensions, parts.Publish),
    ];

    /// <summary>The compiler of plans.</summary>
    public static PlanCompiler CreateCompiler(PlanOptions options, UpstreamDirectory upstreams, CompilerParts parts) =>
        new(options, upstreams, CreatePolicies(parts), CreateHandlers(parts), CreateAuthenticators(parts), Checks) { BuiltIns = CreateApis(parts) };

    /// <summary>The compiler of definitions with which sagas under way began: who may begin one was decided then, so that it asks nobody, and mounts nothing.</summary>
    public static PlanCompiler CreateSagaCompiler(PlanOptions options, UpstreamDirectory upstreams, CompilerParts parts) =>
        new(options with { SecurityPassthrough = true }, upstreams, CreatePolicies(parts), [parts.Sagas.CreateCompiler()], [], Checks);

    private static bool BeginsOperations(ApiOperation operation) => operation.Extensions.Get<SagaExtension>() is not null;
}
