namespace Headgate.Gateway.Json;

/// <summary>Where in a text a <see cref="JsonStream"/> is: what may come next.</summary>
internal enum JsonPlace
{
    /// <summary>A value.</summary>
    Value,

    /// <summary>The first item of an array, or its end.</summary>
    FirstItem,

    /// <summary>The first name of an object, or its end.</summary>
    FirstName,

    /// <summary>A name.</summary>
    Name,

    /// <summary>The colon after a name.</summary>
    Colon,

    /// <summary>A comma, the end of what is open, or nothing.</summary>
    AfterValue,

    /// <summary>More of a string.</summary>
    Text,

    /// <summary>More of a number, or what follows it.</summary>
    Number,

    /// <summary>More of <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Literal,

    /// <summary>Nothing: what came is no JSON.</summary>
    Invalid,
}
