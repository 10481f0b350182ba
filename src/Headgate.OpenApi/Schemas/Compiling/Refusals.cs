using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>Schemas that refuse everything, with the reason that a reader of the answer understands.</summary>
internal static class Refusals
{
    /// <summary>The schema of a keyword; where it is <c>false</c>, one that tells the keyword and the sentence instead.</summary>
    public static CompiledSchema? Read(SchemaCompilation compilation, SchemaView view, string keyword, string detail) => view[keyword] switch
    {
        null => null,
        ScalarNode { Kind: ScalarKind.Boolean, Text: "false" } => Of(keyword, detail),
        { } node => compilation.Get(node),
    };

    public static CompiledSchema Of(string keyword, string detail) => new() { Refusal = (keyword, detail) };
}
