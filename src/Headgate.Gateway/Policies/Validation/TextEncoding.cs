namespace Headgate.Gateway.Policies.Validation;

/// <summary>How the text of a value is encoded where it stands.</summary>
internal enum TextEncoding
{
    /// <summary>Not at all: headers.</summary>
    None,

    /// <summary>Percent-encoded: paths, cookies.</summary>
    Percent,

    /// <summary>Percent-encoded, and a plus is a space (WHATWG URL §5.1): queries, forms.</summary>
    Form,
}
