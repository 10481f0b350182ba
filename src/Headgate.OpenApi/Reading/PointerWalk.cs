using System.Globalization;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Reading;

/// <summary>Follows JSON Pointers (RFC 6901) through a document.</summary>
internal static class PointerWalk
{
    /// <summary>The value at a pointer that begins with <c>/</c>, or a problem that names the step which fails.</summary>
    public static ReferenceOutcome Follow(DocumentNode root, string text, string reference)
    {
        if (!JsonPointer.TryParse(text, out JsonPointer pointer))
            return ReferenceOutcome.Fail(OpenApiDiagnostics.BadReference, $"'{reference}' holds a '~' that is neither '~0' nor '~1'.", "Write '~0' for '~' and '~1' for '/'.");

        DocumentNode at = root;
        foreach (string step in pointer.Tokens)
        {
            if (Child(at, step) is not { } child)
                return Missing(at, step, reference);
            at = child;
        }

        return new ReferenceOutcome(at);
    }

    private static DocumentNode? Child(DocumentNode node, string step) => node switch
    {
        ObjectNode holder => holder[step],
        ArrayNode list when Index(step) is { } index && index < list.Items.Count => list.Items[index],
        _ => null,
    };

    // RFC 6901 §4: no leading zeros.
    private static int? Index(string step) =>
        step.All(char.IsAsciiDigit) && (step == "0" || !step.StartsWith('0')) && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : null;

    private static ReferenceOutcome Missing(DocumentNode at, string step, string reference) => new(null, OpenApiDiagnostics.Unresolvable, () =>
    {
        string? near = at is ObjectNode holder ? Suggestion.Closest(step, holder.Members.Select(member => member.Key)) : null;
        return ($"'{reference}' leads to nothing: there is no '{step}' at '#{at.Pointer}'.", near is null ? "Check the path, or add what is missing there." : $"Did you mean '{near}'?");
    });
}
