using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Routing;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>Compiles one document.</summary>
internal sealed class ApiPlanCompiler(
    PlanOptions options,
    UpstreamDirectory upstreams,
    IReadOnlyList<PolicyCompiler> policies,
    IReadOnlyList<HandlerCompiler> handlers,
    IReadOnlyList<AuthenticatorCompiler> authenticators,
    LivingStates states)
{
    /// <summary>Compiles.</summary>
    /// <param name="document">The document.</param>
    /// <param name="builtIn">How it is mounted when it is Headgate's own, else null.</param>
    /// <param name="diagnostics">Where findings go.</param>
    public ApiPlan Compile(ApiDocument document, BuiltInMount? builtIn, DiagnosticBag diagnostics)
    {
        GatewayConfigExtension config = GatewayConfigExtension.Of(document);
        ServiceTable services = new ServiceTableCompiler(options, upstreams).Compile(document, config, diagnostics);
        Dictionary<string, Authenticator> checkedHere = CompileAuthenticators(document, config, services, diagnostics);
        var api = new ApiPlan
        {
            Document = document,
            BuiltIn = builtIn,
            Version = ApiVersion.Of(document, config, diagnostics),
            Dialect = builtIn?.Api.Dialect ?? DialectOf(config.Errors.Dialect),
            TenantHeader = config.Tenancy.Header,
            TrustedProxies = options.TrustedProxies.With([.. config.TrustedNetworks]),
            IsLogged = config.AccessLog?.Enabled ?? true,
            Instances = services.Instances,
            Health = [.. services.Health],
            Authenticators = checkedHere,
            OwnCredentials = OwnCredentials.Of(checkedHere.Values),
            SecurityPassthrough = options.SecurityPassthrough,
            Secrets = options.Secrets,
            Cache = options.Cache,
            CompiledAt = options.Time.GetUtcNow(),
            Answers = options.Answers,
            States = states,
        };

        var arrays = new PolicyArrays();
        var operations = new List<OperationPlan>(document.Operations.Count);
        foreach (ApiOperation operation in document.Operations)
        {
            var scope = new OperationScope(api, operation, config, services, diagnostics);
            if (CompileOperation(scope, arrays) is { } plan)
                operations.Add(plan);
        }

        ReportUnserved(services.Unserved, diagnostics);
        api.SharedPolicies.Clear();
        api.SharedPolicies.TrimExcess();
        api.SharedValidation.Clear();
        api.SharedValidation.TrimExcess();
        api.RequestSchemas = null;
        api.AnswerSchemas = null;
        api.Operations = operations;
        return api;
    }

    private Dictionary<string, Authenticator> CompileAuthenticators(ApiDocument document, GatewayConfigExtension config, ServiceTable services, DiagnosticBag diagnostics)
    {
        var compiled = new Dictionary<string, Authenticator>(StringComparer.Ordinal);
        foreach (ApiSecurityScheme scheme in document.SecuritySchemes.Values)
        {
            if (!document.Operations.Any(operation => operation.Security.Any(requirement => requirement.Schemes.ContainsKey(scheme.Key))))
                continue;
            if (authenticators.FirstOrDefault(compiler => compiler.Handles(document, scheme)) is not { } compiler)
                SecurityCheck.Report(document, scheme, options.SecurityPassthrough, diagnostics);
            else if (compiler.Compile(new SecurityScope(document, scheme, config, services, diagnostics)) is { } authenticator)
                compiled.Add(scheme.Key, authenticator);
        }

        return compiled;
    }

    private static void ReportUnserved(List<ApiOperation> unserved, DiagnosticBag diagnostics)
    {
        if (unserved is not [var first, ..])
            return;
        string others = unserved.Count == 1 ? "" : $", and {unserved.Count - 1} more";
        diagnostics.Add(
            PlanDiagnostics.NoBackend,
            first.Node,
            $"{first.Method} {first.Path.Text} has no service to go to{others}.",
            "Add x-gateway-backend with a service, declare exactly one service in x-gateway-config, or start with --upstream URL.");
    }

    private OperationPlan? CompileOperation(OperationScope scope, PolicyArrays arrays)
    {
        GatewayHandler? handler = null;
        for (int i = 0; i < handlers.Count && handler is null; i++)
            handler = handlers[i].Compile(scope);
        GatewayPolicy[] compiled = [.. policies.Select(policy => policy.Compile(scope)).OfType<GatewayPolicy>()];
        if (handler is null)
            return null;
        return new OperationPlan
        {
            Api = scope.Api,
            Operation = scope.Operation,
            RequestPolicies = arrays.Of(compiled.Where(policy => policy.Phases.HasFlag(PolicyPhases.Request))),
            ResponsePolicies = arrays.Of(compiled.Where(policy => policy.Phases.HasFlag(PolicyPhases.Response)).Reverse()),
            Handler = handler,
        };
    }

    private static ErrorDialect DialectOf(ErrorDialectName name) => name switch
    {
        ErrorDialectName.Envelope => EnvelopeDialect.Instance,
        ErrorDialectName.Service => ServiceDialect.Instance,
        _ => ProblemDialect.Instance,
    };
}
