namespace Headgate.OpenApi.Model;

/// <summary>The feature versions of the OpenAPI Specification that Headgate reads.</summary>
public enum OpenApiVersion
{
    /// <summary>OpenAPI 3.0.x.</summary>
    V30,

    /// <summary>OpenAPI 3.1.x.</summary>
    V31,

    /// <summary>OpenAPI 3.2.x.</summary>
    V32,
}
