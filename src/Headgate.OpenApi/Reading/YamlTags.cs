using Headgate.OpenApi.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Headgate.OpenApi.Reading;

/// <summary>Gives YAML scalars their types: by tag where there is one, else plain ones by the core schema; quoted ones are strings.</summary>
internal sealed class YamlTags(SourceFile file, LoadContext context)
{
    private const string Core = "tag:yaml.org,2002:";

    /// <summary>Kind and JSON text of a scalar; a null text after a finding.</summary>
    public (ScalarKind Kind, string? Text) Resolve(Scalar scalar, int line, int column)
    {
        (ScalarKind kind, string? text) resolved = scalar.Style == ScalarStyle.Plain ? YamlScalars.Resolve(scalar.Value) : (ScalarKind.String, scalar.Value);
        if (!scalar.Tag.IsEmpty)
            return ResolveTagged(scalar, line, column);
        if (resolved.text is null)
            context.Report(OpenApiDiagnostics.YamlNotJson, file, line, column, $"JSON has no number '{scalar.Value}'.", "Quote it if a string is meant.");
        return resolved;
    }

    /// <summary>Whether the tag of a mapping or sequence says no more than what it is.</summary>
    public bool AllowsCollection(NodeEvent start, int line, int column)
    {
        string own = Core + (start is MappingStart ? "map" : "seq");
        if (start.Tag.IsEmpty || start.Tag.IsNonSpecific || start.Tag.Value == own)
            return true;
        ReportTag(start.Tag, line, column);
        return false;
    }

    private (ScalarKind Kind, string? Text) ResolveTagged(Scalar scalar, int line, int column)
    {
        if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == Core + "str")
            return (ScalarKind.String, scalar.Value);

        ScalarKind? wanted = scalar.Tag.Value switch
        {
            Core + "int" or Core + "float" => ScalarKind.Number,
            Core + "bool" => ScalarKind.Boolean,
            Core + "null" => ScalarKind.Null,
            _ => null,
        };
        (ScalarKind kind, string? text) resolved = YamlScalars.Resolve(scalar.Value);
        if (wanted == resolved.kind && resolved.text is not null)
            return resolved;
        if (wanted is null)
            ReportTag(scalar.Tag, line, column);
        else
            context.Report(OpenApiDiagnostics.YamlNotJson, file, line, column, $"'{scalar.Value}' is no value of the tag {scalar.Tag.Value[Core.Length..]}.", "Remove the tag, or mend the value.");
        return (ScalarKind.Null, null);
    }

    // OpenAPI 3.1.1 §4.2: tags are limited to those of YAML's JSON schema ruleset.
    private void ReportTag(TagName tag, int line, int column) =>
        context.Report(OpenApiDiagnostics.YamlUnknownTag, file, line, column, $"The tag '{tag.Value}' means nothing in an OpenAPI document.", "Remove the tag. A string that begins with '!' must be quoted.");
}
