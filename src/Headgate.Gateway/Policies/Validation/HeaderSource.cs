namespace Headgate.Gateway.Policies.Validation;

/// <summary>From where the value of a header parameter comes: some are not the client's to give, and are set before a request is checked.</summary>
internal enum HeaderSource
{
    /// <summary>The client.</summary>
    Client,

    /// <summary>The request id.</summary>
    RequestId,

    /// <summary>The correlation id.</summary>
    CorrelationId,

    /// <summary>The user that authentication found.</summary>
    User,

    /// <summary>The tenant that was decided.</summary>
    Tenant,
}
