namespace Headgate.OpenApi.Schemas;

/// <summary>Which way a value goes, for <c>readOnly</c> and <c>writeOnly</c> (OAS 3.0.4 §4.7.24.1).</summary>
public enum MessageDirection
{
    /// <summary>Neither: both are annotations, as in JSON Schema.</summary>
    None,

    /// <summary>From a client: members that are <c>readOnly</c> are refused, and not required.</summary>
    Request,

    /// <summary>To a client: members that are <c>writeOnly</c> are refused, and not required.</summary>
    Response,
}
