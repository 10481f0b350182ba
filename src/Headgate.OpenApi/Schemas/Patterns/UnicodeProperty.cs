using System.Collections.Frozen;

namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>Unicode properties in patterns (ECMA-262 §22.2.1, table 67 and following) as .NET names them. General categories only, and within the basic plane.</summary>
internal static class UnicodeProperty
{
    private static readonly FrozenDictionary<string, string> s_categories = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Letter"] = "L", ["Cased_Letter"] = "LC", ["Uppercase_Letter"] = "Lu", ["Lowercase_Letter"] = "Ll", ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm", ["Other_Letter"] = "Lo",
        ["Mark"] = "M", ["Combining_Mark"] = "M", ["Nonspacing_Mark"] = "Mn", ["Spacing_Mark"] = "Mc", ["Enclosing_Mark"] = "Me",
        ["Number"] = "N", ["Decimal_Number"] = "Nd", ["digit"] = "Nd", ["Letter_Number"] = "Nl", ["Other_Number"] = "No",
        ["Punctuation"] = "P", ["punct"] = "P", ["Connector_Punctuation"] = "Pc", ["Dash_Punctuation"] = "Pd", ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe", ["Initial_Punctuation"] = "Pi", ["Final_Punctuation"] = "Pf", ["Other_Punctuation"] = "Po",
        ["Symbol"] = "S", ["Math_Symbol"] = "Sm", ["Currency_Symbol"] = "Sc", ["Modifier_Symbol"] = "Sk", ["Other_Symbol"] = "So",
        ["Separator"] = "Z", ["Space_Separator"] = "Zs", ["Line_Separator"] = "Zl", ["Paragraph_Separator"] = "Zp",
        ["Other"] = "C", ["Control"] = "Cc", ["cntrl"] = "Cc", ["Format"] = "Cf", ["Private_Use"] = "Co", ["Unassigned"] = "Cn",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The content of a .NET class for a property's name or <c>General_Category=…</c>; null when it is not known.</summary>
    public static string? Find(string name, bool isNegated)
    {
        int equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0 && name[..equals] is not ("General_Category" or "gc"))
            return null;
        string value = name[(equals + 1)..];
        string letter = isNegated ? "P" : "p";
        if (value == "LC" || value == "Cased_Letter")
            return isNegated ? null : @"\p{Lu}\p{Ll}\p{Lt}";
        if (value is "Any" or "ASCII")
            return (value, isNegated) switch { ("ASCII", false) => @"\u0000-\u007F", ("ASCII", true) => @"\u0080-\uFFFF", (_, false) => @"\s\S", _ => null };
        if (s_categories.TryGetValue(value, out string? category))
            return $@"\{letter}{{{category}}}";
        return s_categories.Values.Contains(value) ? $@"\{letter}{{{value}}}" : null;
    }
}
