using System.Text;
using Headgate.OpenApi.Extensions.Shapes;

namespace Headgate.OpenApi.Extensions;

/// <summary>Writes the reference page of all registered extensions in Markdown, from the shapes that the binder uses.</summary>
public static class ExtensionReferenceWriter
{
    private const string Introduction = """
        # Extensions

        <!-- Generated from the extension records by the tests. Set HEADGATE_UPDATE_DOCS=1 and run them to renew it; edits are lost. -->

        What a document says to Headgate beside plain OpenAPI. An unknown `x-gateway-*` key or setting is an error with a suggestion;
        other `x-*` keys are ignored. `headgate schema` prints the same as a JSON Schema for editors. What is marked *not enforced yet*
        is read and checked, and loading warns that nothing acts on it.

        Types:

        - **duration**: a number of seconds (`30`), or a number with a unit: `"500ms"`, `"30s"`, `"1m"`, `"1h"`, `"2d"`.
        - **size**: a number of bytes (`1024`), or a number with a unit: `"16KiB"`, `"1MiB"`, `"2GiB"`, `"64kB"`, `"1MB"`, `"1GB"`.
        - **name**: a letter, then letters, digits, `-` and `_`.
        - **request target**: a path, and a query where wanted, with placeholders: `/orders?userId={userId}&limit=5`. `{name}` is the path
          parameter, else the query parameter, else the claim of that name (`userId` is `sub`); `{xId}` in a saga is then the `xId`, else
          the `id`, in the answer of the step that made it. `{$expression}` is an expression.
        - **value**: any value. A string that begins with `$` is an expression (`$$` is a literal `$`), and `{$expression}` inside a string
          is replaced: `$request.body#/pointer`, `$request.path.NAME`, `$request.query.NAME`, `$request.header.NAME`, `$claims.NAME`,
          `$tenant`, `$steps.NAME.response.body#/pointer`, `$parts.NAME#/pointer`. An expression that can never resolve is an error.
        - **secret reference**: `${secret:NAME}`. A document never contains a secret.
        - **date**: `2030-12-31` (its first moment in UTC), or `2030-12-31T23:59:59Z`.

        Ranges are printed as `least..most`, ends included. A name of a choice may also be written in camelCase (`leastRequests`).


        """;

    /// <summary>The page.</summary>
    public static string Write(ExtensionRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var page = new StringBuilder(Introduction);
        page.Append("| extension | where | says |\n|---|---|---|\n");
        foreach (ExtensionDefinition definition in registry.Definitions.Values)
            page.Append($"| [`{definition.Name}`](#{definition.Name}) | {Places(definition.Locations)} | {definition.Summary}{(definition.Enforced ? "" : " *Not enforced yet.*")} |\n");

        var parts = new SortedDictionary<string, RecordShape>(StringComparer.Ordinal);
        var extensions = registry.Definitions.Values.Select(definition => ShapeFactory.ForRecord(definition.RecordType)).ToList();
        foreach (ExtensionDefinition definition in registry.Definitions.Values)
        {
            RecordShape shape = ShapeFactory.ForRecord(definition.RecordType);
            page.Append($"\n## {definition.Name}\n\n{definition.Summary} Stands in: {Places(definition.Locations)}.{(definition.Enforced ? "" : " *Not enforced yet.*")}\n");
            WriteSettings(page, shape);
            Collect(shape, parts);
        }

        foreach (RecordShape extension in extensions)
            parts.Remove(extension.Title);
        page.Append("\n## Types of settings\n");
        foreach (RecordShape part in parts.Values)
        {
            page.Append($"\n### {part.Title}\n");
            WriteSettings(page, part);
        }

        return page.ToString();
    }

    /// <summary>The table of one record's settings, for a page of its own.</summary>
    /// <param name="record">An extension's record, or one of a setting's type.</param>
    public static string WriteTable(Type record)
    {
        var table = new StringBuilder();
        WriteSettings(table, ShapeFactory.ForRecord(record));
        return table.ToString().TrimStart('\n');
    }

    private static void Collect(RecordShape shape, SortedDictionary<string, RecordShape> parts)
    {
        foreach (RecordShape inner in shape.Members.SelectMany(member => member.Shape.Records))
        {
            if (parts.TryAdd(inner.Title, inner))
                Collect(inner, parts);
        }
    }

    private static void WriteSettings(StringBuilder page, RecordShape shape)
    {
        object defaults = shape.CreateDefault();
        page.Append("\n| setting | type | default | meaning |\n|---|---|---|---|\n");
        foreach (MemberShape member in shape.Members)
        {
            string key = member.IsOther ? "any other" : $"`{member.Key}`";
            page.Append($"| {key} | {Escape(member.Shape.TypeName)} | {Escape(DefaultOf(member, defaults))} | {Escape(MeaningOf(member))} |\n");
        }
    }

    private static string DefaultOf(MemberShape member, object defaults)
    {
        if (member.Required)
            return "**required**";
        object? value = member.Property.GetValue(defaults);
        string? printed = value is null ? null : member.Shape.Print(value);
        if (printed is not null)
            return $"`{printed}`";
        return member.Setting.Default ?? (member.Shape is RecordShape ? "as its type says" : "none");
    }

    private static string MeaningOf(MemberShape member)
    {
        var meaning = new StringBuilder(member.Setting.Summary);
        if (member.Setting.Aliases.Length > 0)
            meaning.Append($" Also written {string.Join(", ", member.Setting.Aliases.Select(alias => $"`{alias}`"))}.");
        if (member.ShorthandOrder is not null)
            meaning.Append(" May stand alone for the whole.");
        if (!member.Enforced)
            meaning.Append(" *Not enforced yet.*");
        return meaning.ToString();
    }

    private static string Places(ExtensionLocations locations) => string.Join(", ", Enum.GetValues<ExtensionLocations>()
        .Where(one => one != ExtensionLocations.None && locations.HasFlag(one))
        .Select(one => one == ExtensionLocations.SecurityScheme ? "security scheme" : one.ToString().ToLowerInvariant()));

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
