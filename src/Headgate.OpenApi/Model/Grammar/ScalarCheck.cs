using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Holds a scalar to the values that its rule allows.</summary>
internal readonly struct ScalarCheck(DiagnosticBag diagnostics)
{
    public void Check(ScalarNode node, ScalarRule rule)
    {
        if (rule.Allowed is { } allowed && !allowed.Contains(node.Text))
        {
            string? near = Suggestion.Closest(node.Text, allowed);
            diagnostics.Add(OpenApiDiagnostics.ValueNotAllowed, node, $"'{node.Text}' is not allowed here.", near is null ? $"Use one of {string.Join(", ", allowed)}." : $"Did you mean '{near}'?");
        }

        if (rule.Kind == ScalarKind.Number && !InRange(node, rule))
            diagnostics.Add(OpenApiDiagnostics.OutOfRange, node, $"Expected {rule.Expected}, found {node.Text}.", null);
    }

    /// <summary>Reports scalars that an array lists twice.</summary>
    public void CheckUnique(ArrayNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DocumentNode item in node.ItemList)
        {
            if (item is ScalarNode scalar && !seen.Add(scalar.Text))
                diagnostics.Add(OpenApiDiagnostics.DuplicateItem, scalar, $"'{scalar.Text}' is listed twice.", "Remove one of them.");
        }
    }

    private static bool InRange(ScalarNode node, ScalarRule rule)
    {
        if (rule.Least is null && rule.Above is null)
            return true;
        double value = node.AsNumber() ?? double.NaN;
        return (rule.Least is not { } least || value >= least) && (rule.Above is not { } above || value > above) && (!rule.Whole || Math.Floor(value) == value);
    }
}
