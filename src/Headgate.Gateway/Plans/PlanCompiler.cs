using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>Compiles loaded documents and settings to a <see cref="GatewayPlan"/>. Used by one thread at a time.</summary>
/// <param name="options">What the settings of this instance add.</param>
/// <param name="upstreams">The living instances, which plans share.</param>
/// <param name="policies">The compilers of policies.</param>
/// <param name="handlers">The compilers of handlers, in the order in which they are asked.</param>
/// <param name="authenticators">The compilers of authenticators; the first that handles a security scheme has it.</param>
/// <param name="checks">What is checked before a document is compiled.</param>
public sealed class PlanCompiler(
    PlanOptions options,
    UpstreamDirectory upstreams,
    IReadOnlyList<PolicyCompiler> policies,
    IReadOnlyList<HandlerCompiler> handlers,
    IReadOnlyList<AuthenticatorCompiler> authenticators,
    IReadOnlyList<DocumentCheck> checks)
{
    private readonly PolicyCompiler[] _policies = [.. policies.OrderBy(policy => policy.Stage)];

    /// <summary>The APIs that Headgate itself can offer; each is mounted where a document, or a setting, asks for it.</summary>
    public IReadOnlyList<BuiltInApi> BuiltIns { get; init; } = [];

    /// <summary>What outlives plans: the counts of limits.</summary>
    public LivingStates States { get; } = new();

    /// <summary>
    /// Compiles. Documents with errors are checked as far as they can be read, and left out whatever they had claimed; the others run. Never throws for what a document says. The plan is not in force
    /// until <see cref="PlanHolder.Swap"/>; call <see cref="Retire"/> after that.
    /// </summary>
    /// <param name="documents">The documents as they were loaded, each with its diagnostics, to which the compiler adds its own.</param>
    /// <param name="generation">The number of the plan.</param>
    public PlanResult Compile(IReadOnlyList<DocumentOutcome> documents, int generation)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var routes = new RouteClaims();

        // Headgate's own come first, so that a document which would take one of their paths is told, whatever the order of the files.
        List<ApiPlan> apis = MountBuiltIns(documents, routes);
        foreach (DocumentOutcome outcome in documents)
        {
            if (outcome.Document is { } document && CompileApi(document, null, outcome.Diagnostics, routes, apis) is { } api)
                apis.Add(api);
        }

        var plan = new GatewayPlan(RouteClaims.Build(apis), apis, generation) { TrustedProxies = options.TrustedProxies };
        return new PlanResult(plan, documents);
    }

    /// <summary>Lets go of the instances and counts that a plan in force no longer uses.</summary>
    public void Retire(GatewayPlan inForce)
    {
        ArgumentNullException.ThrowIfNull(inForce);
        upstreams.Keep(inForce.Apis.SelectMany(api => api.Instances).ToHashSet());
        States.Keep(inForce.Apis.SelectMany(api => api.UsedStates).ToHashSet(ReferenceEqualityComparer.Instance));
        foreach (AuthenticatorCompiler compiler in authenticators)
            compiler.Retire(inForce);
    }

    private List<ApiPlan> MountBuiltIns(IReadOnlyList<DocumentOutcome> documents, RouteClaims routes)
    {
        ApiDocument[] readable = [.. documents.Where(outcome => outcome.Runs).Select(outcome => outcome.Document!)];
        var mounted = new List<ApiPlan>();
        foreach (BuiltInMount mount in BuiltIns.SelectMany(api => api.MountsBeside(readable)))
        {
            var diagnostics = new DiagnosticBag();
            if (CompileApi(mount.Document, mount, diagnostics, routes, mounted) is { } api)
                mounted.Add(api);
            else if (mount.Home is null)
                throw new InvalidOperationException($"{mount.Document.Name} has errors: {string.Join(' ', diagnostics.Items)}");
        }

        return mounted;
    }

    private ApiPlan? CompileApi(ApiDocument document, BuiltInMount? builtIn, DiagnosticBag diagnostics, RouteClaims routes, List<ApiPlan> others)
    {
        if (others.Exists(other => other.Name == document.Name))
        {
            diagnostics.Add(PlanDiagnostics.DocumentNameTaken, document.Root, $"Another document is named '{document.Name}' as well.", "Rename one of the files.");
            return null;
        }

        // Without its services and defaults a document would be blamed for what it does say, only not readably.
        if (document.Root.Contains(GatewayConfigExtension.Definition.Name) && document.Extensions.Get<GatewayConfigExtension>() is null)
            return null;

        string[] settingsServices = [.. options.Services.Keys];
        foreach (DocumentCheck check in checks)
            check(document, settingsServices, diagnostics);
        EnforcementReport.Warn(document, diagnostics);
        ApiPlan api = new ApiPlanCompiler(options, upstreams, _policies, handlers, authenticators, States).Compile(document, builtIn, diagnostics);
        return !diagnostics.HasErrors && routes.Claim(api, diagnostics) ? api : null;
    }
}
