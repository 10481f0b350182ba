using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Policies.View;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>The claims that a document reads of credentials beside user, tenant, scopes and roles: they are kept with the caller, and no others are. Stateless.</summary>
internal static class KeptClaims
{
    /// <summary>Their names.</summary>
    public static IReadOnlySet<string> Of(ApiDocument document)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ApiOperation operation in document.Operations)
        {
            if (operation.Extensions.Get<ViewExtension>()?.Claim is { } claim)
                names.Add(claim);
            foreach (AggregatePart part in operation.Extensions.Get<AggregateExtension>()?.Parts ?? [])
                Add(part, names);
        }

        return names;
    }

    private static void Add(AggregatePart part, HashSet<string> names)
    {
        names.UnionWith(part.Path.Parts.Select(piece => piece.Placeholder).OfType<string>());
        names.UnionWith(PartExpressions.Of(part).OfType<ClaimExpression>().Select(claim => claim.Name));
    }
}
