namespace Headgate.Gateway.Json;

/// <summary>How far a number has been read (RFC 8259 §6).</summary>
internal enum JsonNumberState
{
    /// <summary>It is none, or the byte does not belong to it.</summary>
    Invalid,

    /// <summary>Its minus.</summary>
    Minus,

    /// <summary>A leading zero, which stands alone.</summary>
    Zero,

    /// <summary>A digit before the point.</summary>
    Integer,

    /// <summary>The point.</summary>
    Point,

    /// <summary>A digit behind the point.</summary>
    Fraction,

    /// <summary>The <c>e</c>.</summary>
    Exponent,

    /// <summary>The sign of the exponent.</summary>
    Sign,

    /// <summary>A digit of the exponent.</summary>
    Power,
}
