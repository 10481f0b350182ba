using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.OpenApi.Model;
using Headgate.Server.Documents;
using Headgate.Server.Reporting;
using Headgate.Server.Settings;

namespace Headgate.Server.Commands;

/// <summary>
/// Compares the plan of a running instance with what documents would make of it. The documents are compiled here, with the settings of the instance: it does nothing but tell what it runs.
/// </summary>
internal static class PlanDiff
{
    /// <summary>Compares.</summary>
    /// <param name="running">What the instance runs.</param>
    /// <param name="files">The documents to look at, each in place of the instance's of the same name; none for the instance's own as they are now.</param>
    /// <param name="overlays">The overlays; none for those of the instance.</param>
    /// <param name="problems">Takes what keeps it from being done.</param>
    /// <returns>The report; null where there are problems.</returns>
    public static PlanDiffReport? Of(PlanReport running, IReadOnlyList<string> files, IReadOnlyList<string> overlays, ICollection<string> problems)
    {
        string[] documents = [.. running.Documents];
        foreach (string file in files)
        {
            int at = Array.FindIndex(documents, document => ApiDocument.NameOf(document) == ApiDocument.NameOf(file));
            if (at < 0)
                problems.Add($"The instance serves no document named {ApiDocument.NameOf(file)}: a reload reads the files with which it was started, which are {string.Join(", ", running.Documents)}.");
            else
                documents[at] = Path.GetFullPath(file);
        }

        if (problems.Count > 0 || OptionsOf(running, documents, overlays, problems) is not { } options)
            return null;
        using IssuerKeysDirectory issuers = LoadedDocuments.CreateIssuers(TimeProvider.System);
        Configuration configuration = LoadedDocuments.Load(options, issuers, TimeProvider.System);
        return Compare(running, configuration);
    }

    // A document with errors would keep its last good version: nothing of it would change.
    private static PlanDiffReport Compare(PlanReport running, Configuration configuration)
    {
        HashSet<string> broken = [.. configuration.Documents.Where(document => document.Running is null).Select(document => ApiDocument.NameOf(document.Path))];
        PlanPart[] before = [.. running.Parts.Select(part => part.ToPart()).OfType<PlanPart>().Where(part => !broken.Contains(part.Api))];
        IReadOnlyList<PlanChange> changes = PlanComparison.Of(before, PlanListing.Of(configuration.Plan));
        DiagnosticReport[] findings = [.. configuration.Documents.SelectMany(document => document.Latest.Diagnostics.Items).Select(DiagnosticReport.Of).Distinct()];
        return new PlanDiffReport(running.Generation, findings.Count(finding => finding.Severity == "error"), [.. changes.Select(PlanChangeReport.Of)], findings);
    }

    private static ServerOptions? OptionsOf(PlanReport running, IEnumerable<string> documents, IReadOnlyList<string> overlays, ICollection<string> problems)
    {
        const string instance = "the instance";
        IEnumerable<(string, SettingText)> settings = running.Settings
            .Where(setting => overlays.Count == 0 || setting.Key != SettingsCatalogue.Overlay.Key)
            .Select(setting => (setting.Key, new SettingText(setting.Value, instance)))
            .Concat(overlays.Select(overlay => (SettingsCatalogue.Overlay.Key, new SettingText(overlay, "--overlay"))))
            .Concat(documents.Select(document => (SettingsCatalogue.Documents.Key, new SettingText(document, "FILE"))));
        var wrong = new List<SettingProblem>();
        ServerOptions? options = new ServerOptionsBinder(SettingSources.Read(settings, new Dictionary<string, string>(), file: null, wrong), wrong).Bind();
        foreach (SettingProblem problem in wrong)
            problems.Add(problem.ToString());
        return options;
    }
}
