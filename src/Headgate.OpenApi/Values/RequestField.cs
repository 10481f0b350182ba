namespace Headgate.OpenApi.Values;

/// <summary>The places of a request that hold named text.</summary>
public enum RequestField
{
    /// <summary>A parameter of the path template.</summary>
    Path,

    /// <summary>A name of the query string.</summary>
    Query,

    /// <summary>A header field; names compare without regard to case.</summary>
    Header,
}
