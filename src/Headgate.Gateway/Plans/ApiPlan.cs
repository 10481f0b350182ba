using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.Health;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Cache;
using Headgate.Gateway.Policies.ConcurrencyLimit;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Policies.Sunset;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>One document, compiled: what its operations share. Immutable.</summary>
public sealed class ApiPlan
{
    /// <summary>The document it was compiled from.</summary>
    public required ApiDocument Document { get; init; }

    /// <summary>The document's short name, for metrics and logs.</summary>
    public string Name => Document.Name;

    /// <summary>How it is mounted when it is Headgate's own; null for a document of a user.</summary>
    public BuiltInMount? BuiltIn { get; init; }

    /// <summary>Which version of the API it is; null where the document says none.</summary>
    public ApiVersion? Version { get; init; }

    /// <summary>How errors are written to this API's clients.</summary>
    public required ErrorDialect Dialect { get; init; }

    /// <summary>The header under which upstreams are told the tenant. Default <c>X-Tenant-ID</c>.</summary>
    public string TenantHeader { get; init; } = "X-Tenant-ID";

    /// <summary>Whose forwarding fields are believed: what the settings and the document say.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.None;

    /// <summary>Whether its requests are written to the access log, where the instance has one.</summary>
    public bool IsLogged { get; init; } = true;

    /// <summary>Who checks the security schemes that its operations ask for, by the scheme's key. A scheme without an entry is checked by nobody here.</summary>
    public IReadOnlyDictionary<string, Authenticator> Authenticators { get; init; } = new Dictionary<string, Authenticator>();

    /// <summary>The credentials that no upstream sees; null when there are none.</summary>
    internal OwnCredentials? OwnCredentials { get; init; }

    /// <summary>Whether schemes that nobody checks here are left to the upstreams.</summary>
    public bool SecurityPassthrough { get; init; }

    /// <summary>What the settings of this instance say of caching.</summary>
    public CacheOptions Cache { get; init; } = new();

    /// <summary>Policies that operations share, by the settings that they were compiled from. Filled while compiling.</summary>
    internal Dictionary<object, GatewayPolicy?> SharedPolicies { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The rate limits of its operations. Filled while compiling.</summary>
    internal List<RateLimitPlan> RateLimits { get; } = [];

    /// <summary>Finds secrets by name while a plan is compiled; null where the document is only looked at.</summary>
    internal Func<string, string?>? Secrets { get; init; }

    /// <summary>The limits of requests under way of its operations. Filled while compiling.</summary>
    internal List<ConcurrencyPlan> ConcurrencyLimits { get; } = [];

    /// <summary>When this plan was compiled.</summary>
    public DateTimeOffset CompiledAt { get; init; }

    /// <summary>The calls of its deprecated operations. Filled while compiling.</summary>
    internal List<DeprecatedUse> DeprecatedUses { get; } = [];

    /// <summary>State that outlives plans, and what of it this one uses. Filled while compiling.</summary>
    internal LivingStates States { get; init; } = new();

    internal HashSet<object> UsedStates { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The policies that operations with equal declarations share, by what they declare. Only while compiling.</summary>
    internal Dictionary<string, GatewayPolicy?> SharedValidation { get; } = new(StringComparer.Ordinal);

    /// <summary>Compiles the schemas of requests, each once for all operations. Only while compiling.</summary>
    internal MessageSchemas? RequestSchemas { get; set; }

    /// <summary>Compiles the schemas of answers. Only while compiling.</summary>
    internal AnswerSchemas? AnswerSchemas { get; set; }

    /// <summary>Who is told of answers that break the document; null where nobody checks them.</summary>
    internal AnswerWatch? Answers { get; init; }

    /// <summary>The instances of its services.</summary>
    internal IEnumerable<UpstreamInstance> Instances { get; init; } = [];

    /// <summary>When instances of its services are left out, where there is something to choose or to check.</summary>
    internal IReadOnlyList<HealthPlan> Health { get; init; } = [];

    /// <summary>The operations, in document order.</summary>
    public IReadOnlyList<OperationPlan> Operations { get; internal set; } = [];
}
