namespace Headgate.OpenApi.Schemas;

/// <summary>The parts of JSON Schema that a meta-schema puts in force (JSON Schema Core 2020-12 §8.1.2), beyond those that always are.</summary>
/// <param name="Validates">Whether the keywords of the validation vocabulary are asserted.</param>
/// <param name="AssertsFormats">Whether <c>format</c> is asserted, whatever the options say.</param>
internal readonly record struct SchemaVocabulary(bool Validates, bool AssertsFormats)
{
    public static SchemaVocabulary Usual { get; } = new(true, false);
}
