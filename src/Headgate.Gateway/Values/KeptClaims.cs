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
            foreach (IValueReader reader in operation.Extensions.All.Select(extension => extension.Value).OfType<IValueReader>())
                Add(reader, names);
        }

        return names;
    }

    private static void Add(IValueReader reader, HashSet<string> names)
    {
        foreach (TargetPart piece in reader.Targets.SelectMany(target => target.Parts))
        {
            if (piece.Placeholder is { } name)
                names.Add(name);
            Add(piece.Expression, names);
        }

        foreach (ValueExpression? value in reader.Values)
            Add(value, names);
    }

    private static void Add(ValueExpression? value, HashSet<string> names)
    {
        if (value is ClaimExpression claim)
            names.Add(claim.Name);
        IEnumerable<ValueExpression> inner = value switch
        {
            InterpolatedExpression text => text.Parts,
            ObjectExpression map => map.Members.Select(member => member.Value),
            ArrayExpression list => list.Items,
            _ => [],
        };
        foreach (ValueExpression each in inner)
            Add(each, names);
    }
}
