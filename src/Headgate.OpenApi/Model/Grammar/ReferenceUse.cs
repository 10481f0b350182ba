namespace Headgate.OpenApi.Model.Grammar;

/// <summary>What a <c>$ref</c> in an object means.</summary>
internal enum ReferenceUse
{
    /// <summary>Nothing: the object cannot be referred to.</summary>
    None,

    /// <summary>The object is a Reference Object; what stands beside <c>$ref</c> is ignored.</summary>
    Object,

    /// <summary>The object is a Path Item, whose own fields stay beside the referenced ones.</summary>
    PathItem,

    /// <summary>The object is a schema of JSON Schema 2020-12, whose other keywords hold beside <c>$ref</c>.</summary>
    Schema,
}
