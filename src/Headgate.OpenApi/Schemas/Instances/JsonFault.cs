namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>Why bytes are no JSON text that Headgate takes.</summary>
internal enum JsonFault
{
    /// <summary>They are one.</summary>
    None,

    /// <summary>Not UTF-8 (RFC 8259 §8.1).</summary>
    NotUtf8,

    /// <summary>There is no value.</summary>
    Empty,

    /// <summary>The text ends inside a value.</summary>
    Incomplete,

    /// <summary>A byte that cannot stand where it stands.</summary>
    Unexpected,

    /// <summary>Something after the value.</summary>
    Trailing,

    /// <summary>A control character inside a string (RFC 8259 §7).</summary>
    ControlCharacter,

    /// <summary>An escape that JSON does not know.</summary>
    BadEscape,

    /// <summary>A <c>\u</c> escape that is half of a surrogate pair: no character, so no UTF-8 (RFC 8259 §8.2).</summary>
    LoneSurrogate,

    /// <summary>A name that stands twice in one object (RFC 8259 §4: receivers differ in which one they take).</summary>
    DuplicateName,

    /// <summary>Arrays and objects inside each other beyond the limit.</summary>
    TooDeep,

    /// <summary>More values than the limit.</summary>
    TooManyValues,

    /// <summary>A number with more digits than the limit.</summary>
    NumberTooLong,
}
