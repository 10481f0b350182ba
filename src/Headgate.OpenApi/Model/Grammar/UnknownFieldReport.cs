using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Says what is the matter with a field that its object does not have.</summary>
internal sealed class UnknownFieldReport(DiagnosticBag diagnostics)
{
    // Comparing a name with all known ones takes time; a document of a million keywords of its own gets no more of it than this.
    private int _comparisonsLeft = 2_000;

    public void Report(ObjectMember member, ObjectRule rule)
    {
        if (rule.Unknown == UnknownFields.Allowed)
            ReportMisspelt(member, rule);
        else if (rule.OtherVersion(member.Key) is { } versions)
            diagnostics.Add(OpenApiDiagnostics.FieldOfOtherVersion, member, $"'{member.Key}' of the {rule.Name} belongs to {versions}.", "Remove it, or change the 'openapi' version of the document.");
        else if (rule.Unknown == UnknownFields.Warned)
            diagnostics.Add(OpenApiDiagnostics.UnknownKeyword, member, $"OpenAPI 3.0 has no schema keyword '{member.Key}'; it is not enforced.", Fix(member.Key, rule));
        else if (rule.Patterned is { } keys)
            diagnostics.Add(OpenApiDiagnostics.BadKey, member, $"'{member.Key}' is no key of the {rule.Name}.", keys.Description);
        else
            diagnostics.Add(OpenApiDiagnostics.UnknownField, member, $"'{member.Key}' is no field of the {rule.Name}.", Fix(member.Key, rule));
    }

    // JSON Schema 2020-12 Core §6.5 lets a schema hold keywords of its author's own. One that differs from a known keyword by a
    // slip is taken for that slip, because it would silently not be enforced.
    private void ReportMisspelt(ObjectMember member, ObjectRule rule)
    {
        if (member.Key.Length > 3 && Nearest(member.Key, rule) is { } near)
            diagnostics.Add(OpenApiDiagnostics.UnknownKeyword, member, $"'{member.Key}' is no schema keyword; it is not enforced.", $"Did you mean '{near}'?");
    }

    private string? Nearest(string key, ObjectRule rule) =>
        --_comparisonsLeft < 0 ? null : Suggestion.Closest(key, rule.FieldNames);

    private string Fix(string key, ObjectRule rule) =>
        Nearest(key, rule) is { } near ? $"Did you mean '{near}'?" : "Remove it, or begin its name with 'x-'.";
}
