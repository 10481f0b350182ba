namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>The kinds of <see cref="RateLimitKey"/>.</summary>
public enum RateLimitBy
{
    /// <summary>All requests to the API.</summary>
    Global,

    /// <summary>All requests to one upstream service.</summary>
    Service,

    /// <summary>The authenticated user.</summary>
    User,

    /// <summary>The tenant.</summary>
    Tenant,

    /// <summary>The client's IP address.</summary>
    Ip,

    /// <summary>The API key.</summary>
    ApiKey,

    /// <summary>The operation.</summary>
    Endpoint,

    /// <summary>The value of a header field.</summary>
    Header,
}
