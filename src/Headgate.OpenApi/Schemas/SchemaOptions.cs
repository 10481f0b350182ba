namespace Headgate.OpenApi.Schemas;

/// <summary>How schemas are compiled.</summary>
public sealed record SchemaOptions
{
    /// <summary>The dialect of the schemas. Default JSON Schema 2020-12.</summary>
    public SchemaDialect Dialect { get; init; } = SchemaDialect.JsonSchema202012;

    /// <summary>Which way the values go. Default none.</summary>
    public MessageDirection Direction { get; init; }

    /// <summary>Whether <c>format</c> is asserted (for the formats that Headgate knows), or an annotation. Default false, as JSON Schema has it.</summary>
    public bool AssertFormats { get; init; }

    /// <summary>What a validation may cost.</summary>
    public SchemaLimits Limits { get; init; } = SchemaLimits.Default;
}
