using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>What must hold among limits.</summary>
internal static class RateLimitRules
{
    private const string NameFix = "Give each a name of its own.";

    /// <summary>Reports two limits of one name in a list (headers and metrics could not tell them apart), and bursts without end.</summary>
    public static void Check(IReadOnlyList<RateLimitRule> rules, DocumentNode node, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < rules.Count; i++)
        {
            DocumentNode at = node is ArrayNode list ? list.Items[i] : node;
            RequestLimit limit = rules[i].ToLimit();
            if (!names.Add(limit.Name))
                diagnostics.Add(ConfigDiagnostics.DuplicateLimit, at, $"There are two limits named '{limit.Name}'.", NameFix);
            CheckBurst(limit, at, diagnostics);
        }
    }

    /// <summary>Reports limits of one name that are written in two forms.</summary>
    public static void CheckForms(RateLimitSettings settings, DocumentNode node, DiagnosticBag diagnostics)
    {
        var listed = settings.Limits.Select(rule => rule.ToLimit().Name).ToHashSet(StringComparer.Ordinal);
        foreach (RequestLimit limit in settings.ToLimits().Skip(settings.Limits.Count))
        {
            if (!listed.Add(limit.Name))
                diagnostics.Add(ConfigDiagnostics.DuplicateLimit, node, $"There are two limits named '{limit.Name}'.", NameFix);
        }
    }

    /// <summary>Reports limits of an operation whose names the document's have.</summary>
    public static void CheckAgainst(ApiDocument document, RateLimitExtension extension, DocumentNode node, DiagnosticBag diagnostics)
    {
        IEnumerable<RequestLimit> ofDocument = document.Extensions.Get<GatewayConfigExtension>()?.RateLimit?.ToLimits() ?? [];
        var names = ofDocument.Select(limit => limit.Name).ToHashSet(StringComparer.Ordinal);
        foreach (RequestLimit limit in extension.ToLimits())
        {
            if (names.Contains(limit.Name))
                diagnostics.Add(ConfigDiagnostics.DuplicateLimit, node, $"The limit '{limit.Name}' holds beside another of that name.", NameFix);
        }

        if (extension is { Limit: not null })
            CheckBurst(extension.ToLimits()[^1], node, diagnostics);
    }

    private static void CheckBurst(RequestLimit limit, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (LimitRate.Of(limit.Limit, limit.Window, limit.Burst) is null)
        {
            diagnostics.Add(
                ConfigDiagnostics.EndlessBurst,
                node,
                $"A burst of {limit.Burst} takes more than 100 years to be earned again at {limit.Limit} in {new Duration(limit.Window)}.",
                "Lower 'burst', or raise 'limit'.");
        }
    }
}
