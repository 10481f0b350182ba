using System.Globalization;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Evaluates JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The value at a pointer that begins with <c>/</c>, or a problem that names the step which fails.</summary>
    public static ReferenceOutcome Evaluate(DocumentNode root, string pointer, string reference)
    {
        DocumentNode at = root;
        int start = 1;
        while (start <= pointer.Length)
        {
            int end = pointer.IndexOf('/', start);
            end = end < 0 ? pointer.Length : end;
            if (Unescape(pointer[start..end]) is not { } step)
                return ReferenceOutcome.Fail(OpenApiDiagnostics.BadReference, $"'{reference}' holds a '~' that is neither '~0' nor '~1'.", "Write '~0' for '~' and '~1' for '/'.");
            if (Child(at, step) is not { } child)
                return Missing(at, pointer[..start], step, reference);
            at = child;
            start = end + 1;
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

    private static string? Unescape(string step)
    {
        if (!step.Contains('~', StringComparison.Ordinal))
            return step;
        for (int at = step.IndexOf('~', StringComparison.Ordinal); at >= 0; at = step.IndexOf('~', at + 1))
        {
            if (at + 1 == step.Length || step[at + 1] is not ('0' or '1'))
                return null;
        }

        return step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

    private static ReferenceOutcome Missing(DocumentNode at, string before, string step, string reference)
    {
        string? near = at is ObjectNode holder ? Suggestion.Closest(step, holder.Members.Select(member => member.Key)) : null;
        return ReferenceOutcome.Fail(
            OpenApiDiagnostics.Unresolvable,
            $"'{reference}' leads to nothing: there is no '{step}' at '#{before.TrimEnd('/')}'.",
            near is null ? "Check the path, or add what is missing there." : $"Did you mean '{near}'?");
    }
}
