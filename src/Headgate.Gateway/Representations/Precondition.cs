namespace Headgate.Gateway.Representations;

/// <summary>What the conditions of a request come to (RFC 9110 §13.2.2).</summary>
internal enum Precondition
{
    /// <summary>There is none, or it holds: the answer is given.</summary>
    Holds,

    /// <summary>The client has the answer already: 304.</summary>
    NotModified,

    /// <summary>The client wants another answer than there is: 412.</summary>
    Failed,
}
