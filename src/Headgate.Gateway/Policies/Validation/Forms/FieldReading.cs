namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>How the value of a form's field is understood.</summary>
internal enum FieldReading
{
    /// <summary>As text, which becomes a number, a boolean or null where the schema wants one.</summary>
    Text,

    /// <summary>As a JSON text.</summary>
    Json,

    /// <summary>As a JSON text where the part says that it is one, else as text.</summary>
    AsThePartSays,

    /// <summary>As bytes whose length alone counts.</summary>
    Bytes,

    /// <summary>Not at all: it is of a media type that the gateway does not read.</summary>
    Unread,
}
