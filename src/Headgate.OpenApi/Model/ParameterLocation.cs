namespace Headgate.OpenApi.Model;

/// <summary>Where a parameter stands in a request.</summary>
public enum ParameterLocation
{
    /// <summary>A segment of the path, or a part of one.</summary>
    Path,

    /// <summary>One name of the query string.</summary>
    Query,

    /// <summary>The whole query string (OpenAPI 3.2).</summary>
    QueryString,

    /// <summary>A header field.</summary>
    Header,

    /// <summary>A cookie.</summary>
    Cookie,
}
