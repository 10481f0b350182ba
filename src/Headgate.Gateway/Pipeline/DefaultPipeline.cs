using Headgate.Gateway.Aggregation;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.AddressList;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.Compression;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Policies.Cors;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.SecurityHeaders;
using Headgate.Gateway.Policies.SizeLimits;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Policies.Tenancy;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Policies.Versioning;
using Headgate.Gateway.Policies.View;
using Headgate.Gateway.Roles;
using Headgate.Gateway.StaticAnswers;

namespace Headgate.Gateway.Pipeline;

/// <summary>The policies and handlers of the data plane itself. Other assemblies add theirs; <see cref="PipelineStage"/> says where they stand.</summary>
public static class DefaultPipeline
{
    /// <summary>The policies, in pipeline order.</summary>
    /// <param name="roles">The roles of the store; those that nobody has read permit nothing.</param>
    public static IReadOnlyList<PolicyCompiler> CreatePolicies(KnownRoles roles) =>
    [
        new AnswerCheckCompiler(),
        new CorsCompiler(),
        new CompressionCompiler(),
        new VersioningCompiler(),
        new SecurityHeadersCompiler(),
        new AddressListCompiler(),
        new SizeLimitsCompiler(),
        new RateLimitCompiler(isEarly: true),
        new AuthenticationCompiler(),
        new TenancyCompiler(),
        new RateLimitCompiler(isEarly: false),
        new AuthorizeCompiler(roles),
        new SunsetCompiler(),
        new ConcurrencyLimitCompiler(),
        new RequestHeadersCompiler(),
        new ResponseHeadersCompiler(),
        new ViewCompiler(),
        new ValidationCompiler(),
        new CacheCompiler(),
    ];

    /// <summary>The handlers; the first that takes an operation has it.</summary>
    public static IReadOnlyList<HandlerCompiler> Handlers { get; } =
    [
        new BuiltInHandlerCompiler(),
        new StaticHandlerCompiler(),
        new AggregateHandlerCompiler(),
        new NotImplementedHandlerCompiler(),
        new ForwardHandlerCompiler(),
    ];

    /// <summary>What is checked of the data plane's extensions before a document is compiled.</summary>
    public static IReadOnlyList<DocumentCheck> Checks { get; } =
    [
        (document, settingsServices, diagnostics) => new GatewayExtensionChecks(settingsServices).Check(document, diagnostics),
    ];
}
