using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Finds path templates that differ in parameter names only, so that no router could tell them apart.</summary>
internal sealed class PathShapes(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, ObjectMember> _seen = new(StringComparer.Ordinal);

    // OAS 3.1.1 §4.8.8: templated paths with the same hierarchy but different templated names MUST NOT exist.
    public void Add(PathTemplate template, ObjectMember member)
    {
        string shape = string.Join('/', template.Segments.Select(segment => string.Concat(segment.Parts.Select(part => part.IsParameter ? "{}" : part.Text))));
        if (_seen.TryAdd(shape, member))
            return;
        ObjectMember first = _seen[shape];
        diagnostics.Add(
            OpenApiDiagnostics.AmbiguousPaths,
            member,
            $"'{member.Key}' matches the same paths as '{first.Key}' ({first.KeyLocation}).",
            "Join the two path items under one template.");
    }
}
