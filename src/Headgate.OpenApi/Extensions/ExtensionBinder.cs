using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions.Shapes;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Binds the <c>x-gateway-*</c> members of an object to their typed records. Everything that is wrong is reported at once, and a
/// malformed extension is left out of the set. Thread-safe: what it knows of a record type is built once and shared.
/// </summary>
public sealed class ExtensionBinder(ExtensionRegistry registry)
{
    private const string Prefix = "x-gateway-";

    /// <summary>Binds what stands in <paramref name="owner"/>, an object of the given location; what is wrong goes to <paramref name="diagnostics"/>.</summary>
    public ExtensionSet Bind(ObjectNode owner, ExtensionLocations location, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(diagnostics);
        List<BoundExtension>? bound = null;
        foreach (ObjectMember member in owner.Members)
        {
            if (!member.Key.StartsWith("x-", StringComparison.Ordinal) || Find(member, location, diagnostics) is not { } definition)
                continue;
            if (ShapeFactory.ForRecord(definition.RecordType).Bind(member.Value, diagnostics) is { } value)
                (bound ??= []).Add(new BoundExtension(definition, value, member.Value));
        }

        return bound is null ? ExtensionSet.Empty : new ExtensionSet(bound);
    }

    private ExtensionDefinition? Find(ObjectMember member, ExtensionLocations location, DiagnosticBag diagnostics)
    {
        if (!registry.Definitions.TryGetValue(member.Key, out ExtensionDefinition? definition))
        {
            ReportUnknown(member, diagnostics);
            return null;
        }

        if (definition.Locations.HasFlag(location))
            return definition;
        diagnostics.Add(
            ExtensionDiagnostics.WrongPlace,
            member,
            $"'{member.Key}' means nothing {Describe(location)}.",
            $"It belongs {string.Join(" or ", Enum.GetValues<ExtensionLocations>().Where(one => one != ExtensionLocations.None && definition.Locations.HasFlag(one)).Select(Describe))}.");
        return null;
    }

    private void ReportUnknown(ObjectMember member, DiagnosticBag diagnostics)
    {
        string? closest = Suggestion.Closest(member.Key, registry.Definitions.Keys);
        if (member.Key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            diagnostics.Add(
                ExtensionDiagnostics.UnknownExtension,
                member,
                $"There is no extension '{member.Key}'.",
                closest is null ? $"The extensions are {string.Join(", ", registry.Definitions.Keys)}." : $"Did you mean '{closest}'?");
        }
        else if (closest is not null && member.Key.StartsWith("x-g", StringComparison.Ordinal))
        {
            // Other people's extensions are ignored; one that is nearly ours was meant to be ours.
            diagnostics.Add(ExtensionDiagnostics.MisspeltExtension, member, $"'{member.Key}' is ignored.", $"Did you mean '{closest}'?");
        }
    }

    private static string Describe(ExtensionLocations location) => location switch
    {
        ExtensionLocations.Document => "at the top of the document",
        ExtensionLocations.Path => "in a path item",
        ExtensionLocations.Operation => "in an operation",
        _ => "in a security scheme",
    };
}
