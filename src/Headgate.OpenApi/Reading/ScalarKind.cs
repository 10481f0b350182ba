namespace Headgate.OpenApi.Reading;

/// <summary>The type of a <see cref="ScalarNode"/> in the JSON data model.</summary>
public enum ScalarKind
{
    /// <summary>JSON <c>null</c>.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A number; its text is kept as written.</summary>
    Number,

    /// <summary>A string.</summary>
    String,
}
