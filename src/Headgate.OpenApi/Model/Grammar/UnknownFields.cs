namespace Headgate.OpenApi.Model.Grammar;

/// <summary>What happens to a field that an object's rule does not name.</summary>
internal enum UnknownFields
{
    /// <summary>It is an error.</summary>
    Refused,

    /// <summary>It is a warning: a schema keyword that an OpenAPI 3.0 document cannot use, and that is not enforced.</summary>
    Warned,

    /// <summary>It is allowed (JSON Schema 2020-12), and a warning only when it looks misspelt.</summary>
    Allowed,
}
