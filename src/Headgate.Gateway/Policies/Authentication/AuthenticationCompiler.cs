using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>Compiles <c>security</c>. A public operation has no such policy.</summary>
internal sealed class AuthenticationCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.Authentication;

    // Operations that inherit the document's requirements share one list, and so one policy.
    public override GatewayPolicy? Compile(OperationScope scope) =>
        scope.Operation.Security.Count == 0 ? null : scope.Share(scope.Operation.Security, security => Compile(security, scope));

    private static AuthenticationPolicy? Compile(IReadOnlyList<SecurityRequirement> security, OperationScope scope)
    {
        SecurityAlternative[] all = [.. security.Where(requirement => CanHold(requirement, scope)).Select(requirement => Compile(requirement, scope))];
        SecurityAlternative[] asking = [.. all.Where(alternative => !alternative.AsksNothing)];
        string leftToUpstreams = string.Join(" or ", all.Where(alternative => alternative is { AsksNothing: true, IsAnonymous: false }).Select(alternative => alternative.ToString()));
        return asking.Length == 0 && leftToUpstreams.Length == 0
            ? null
            : new AuthenticationPolicy(asking, all.Any(alternative => alternative.IsAnonymous), leftToUpstreams, RealmOf(scope.Document));
    }

    private static SecurityAlternative Compile(SecurityRequirement requirement, OperationScope scope) =>
        new([.. requirement.Schemes.Select(scheme => new RequiredScheme(scheme.Key, scope.Api.Authenticators.GetValueOrDefault(scheme.Key), [.. scheme.Value]))]);

    // A scheme that nobody checks holds only where the operator has left it to the upstreams.
    private static bool CanHold(SecurityRequirement requirement, OperationScope scope) =>
        scope.Api.SecurityPassthrough || requirement.Schemes.Keys.All(scope.Api.Authenticators.ContainsKey);

    // RFC 9110 §5.6.4: what a quoted string must escape is left out instead.
    private static string RealmOf(ApiDocument document) =>
        string.Concat(document.Name.Where(c => c is >= ' ' and < (char)127 and not ('"' or '\\')));
}
