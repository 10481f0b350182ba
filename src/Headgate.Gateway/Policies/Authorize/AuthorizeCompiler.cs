using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Roles;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Compiles <c>x-gateway-authorize</c>.</summary>
/// <param name="known">The roles of the store.</param>
internal sealed class AuthorizeCompiler(KnownRoles known) : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Authorization;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<AuthorizeExtension>() is not { } extension)
            return null;
        if (scope.Operation.Security.SelectMany(requirement => requirement.Schemes.Keys).Any(scope.Api.Authenticators.ContainsKey))
            return new AuthorizePolicy(RuleOf(extension, scope.Operation), scope.Config.Authorization.RolesFrom, known);

        // Nobody here knows the caller, so nobody here can know what the caller may do.
        if (scope.Api.SecurityPassthrough)
            scope.Diagnostics.Add(PlanDiagnostics.SecurityPassedThrough, extension.Node ?? scope.Operation.Node, $"The permission of {scope.Operation.Id} is left to the upstreams, as its callers are.");
        return null;
    }

    private static AuthorizationRule RuleOf(AuthorizeExtension extension, ApiOperation operation)
    {
        var rules = new List<AuthorizationRule>();
        if (extension.Permission is not null || extension.Scope is not null)
            rules.Add(new PermissionRule(extension.Permission, extension.Scope is { } scope ? new RequestScope(scope, [.. operation.Path.ParameterNames]) : null));
        rules.AddRange(extension.AllOf.Select(inner => RuleOf(inner, operation)));
        if (extension.AnyOf.Count > 0)
            rules.Add(new CombinedRule([.. extension.AnyOf.Select(inner => RuleOf(inner, operation))], all: false));
        return rules.Count == 1 ? rules[0] : new CombinedRule([.. rules], all: true);
    }
}
