namespace Commerce.Shared.Web;

/// <summary>Who may call an endpoint.</summary>
internal enum Access
{
    /// <summary>Anybody. A credential that is sent all the same is verified, and a bad one refused.</summary>
    Public,

    /// <summary>Anybody, and <c>Authorization</c> is the endpoint's to read: at a token endpoint applications authenticate there, by rules of their own.</summary>
    Unchecked,

    /// <summary>A user with a bearer token, or a service with its key.</summary>
    Caller,

    /// <summary>A user whose token carries the role <c>admin</c>, or a service with its key that acts for no user.</summary>
    Operator,

    /// <summary>A user whose token carries the role <c>admin</c>, or a service with its key, for whomever it acts: what no user may do alone.</summary>
    Trusted,

    /// <summary>A service with its key, and nobody else.</summary>
    Service,
}
