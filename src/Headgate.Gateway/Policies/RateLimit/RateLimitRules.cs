using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What must hold among the limits of one list.</summary>
internal static class RateLimitRules
{
    /// <summary>Reports two limits of one name: headers and metrics could not tell them apart.</summary>
    public static void CheckNames(IReadOnlyList<RateLimitRule> rules, DocumentNode node, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < rules.Count; i++)
        {
            string name = rules[i].ToLimit().Name;
            if (!names.Add(name))
                diagnostics.Add(ConfigDiagnostics.DuplicateLimit, node is ArrayNode list ? list.Items[i] : node, $"There are two limits named '{name}'.", "Give each a name of its own.");
        }
    }
}
