using Headgate.OpenApi.Schemas.Formats;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Patterns;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Reads the keywords of strings and numbers.</summary>
internal static class ScalarRules
{
    public static StringRule? ReadString(SchemaCompilation compilation, SchemaView view)
    {
        int? least = view.Count("minLength");
        int? most = view.Count("maxLength");
        SchemaPattern? pattern = view.Text("pattern") is { } text ? compilation.GetPattern(text, view["pattern"]!) : null;
        ValueFormat? format = ReadFormat(compilation, view, JsonTypes.String);
        return least is null && most is null && pattern is null && format is null
            ? null
            : new StringRule { MinLength = least ?? 0, MaxLength = most ?? int.MaxValue, Pattern = pattern, Format = format };
    }

    public static NumberRule? ReadNumber(SchemaCompilation compilation, SchemaView view)
    {
        // OAS 3.0.4 §4.7.24 (JSON Schema draft 4): the exclusive keywords are flags of the others.
        bool isAbove = view.Dialect == SchemaDialect.OpenApi30 && view.Flag("exclusiveMinimum");
        bool isBelow = view.Dialect == SchemaDialect.OpenApi30 && view.Flag("exclusiveMaximum");
        var rule = new NumberRule
        {
            Minimum = isAbove ? null : Bound(view, "minimum"),
            Maximum = isBelow ? null : Bound(view, "maximum"),
            ExclusiveMinimum = Bound(view, isAbove ? "minimum" : "exclusiveMinimum"),
            ExclusiveMaximum = Bound(view, isBelow ? "maximum" : "exclusiveMaximum"),
            MultipleOf = ReadStep(compilation, view),
            Format = ReadFormat(compilation, view, JsonTypes.Number),
        };
        return rule is { Minimum: null, Maximum: null, ExclusiveMinimum: null, ExclusiveMaximum: null, MultipleOf: null, Format: null } ? null : rule;
    }

    private static NumberBound? Bound(SchemaView view, string keyword) => view.Number(keyword) is { } text ? new NumberBound(text) : null;

    private static NumberStep? ReadStep(SchemaCompilation compilation, SchemaView view)
    {
        if (view.Number("multipleOf") is not { } text)
            return null;
        NumberStep? step = NumberStep.Parse(text);
        if (step is null)
            compilation.Diagnostics.Add(SchemaDiagnostics.BadStep, view["multipleOf"]!, $"'{text}' is not above zero, or has more than {NumberStep.MostDigits} significant digits.", "Write a smaller number above zero.");
        return step;
    }

    private static ValueFormat? ReadFormat(SchemaCompilation compilation, SchemaView view, JsonTypes types) =>
        (compilation.Options.AssertFormats || view.AssertsFormats) && FormatCatalogue.Find(view.Text("format")) is { } format && (format.Types & types) != 0 ? format : null;
}
