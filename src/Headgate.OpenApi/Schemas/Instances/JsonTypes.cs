namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>The types of JSON values, as sets: what a schema allows, and what a value is.</summary>
[Flags]
public enum JsonTypes : byte
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary><c>null</c>.</summary>
    Null = 1,

    /// <summary><c>true</c> and <c>false</c>.</summary>
    Boolean = 2,

    /// <summary>Any number.</summary>
    Number = 4,

    /// <summary>A number without a fraction: <c>1</c>, and by its value also <c>1.0</c> and <c>1e2</c>.</summary>
    Integer = 8,

    /// <summary>A string.</summary>
    String = 16,

    /// <summary>An array.</summary>
    Array = 32,

    /// <summary>An object.</summary>
    Object = 64,

    /// <summary>Every type.</summary>
    Any = Null | Boolean | Number | Integer | String | Array | Object,
}
