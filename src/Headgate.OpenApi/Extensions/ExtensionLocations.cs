namespace Headgate.OpenApi.Extensions;

/// <summary>Where in a document an extension may stand. Flags.</summary>
[Flags]
public enum ExtensionLocations
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>At the top of the document.</summary>
    Document = 1,

    /// <summary>In a path item.</summary>
    Path = 2,

    /// <summary>In an operation.</summary>
    Operation = 4,

    /// <summary>In a security scheme.</summary>
    SecurityScheme = 8,
}
