namespace Headgate.Gateway.Policies.Sunset;

/// <summary>Who still calls a deprecated operation. Immutable.</summary>
public sealed record DeprecatedCaller
{
    /// <summary>The user, or null.</summary>
    public string? User { get; init; }

    /// <summary>The service account, or null.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The id of the API key, or null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The tenant, or null.</summary>
    public string? Tenant { get; init; }

    /// <summary>The address of a caller who is not authenticated (of an IPv6 address the first 64 bits), else null.</summary>
    public string? Address { get; init; }

    /// <summary>How often.</summary>
    public required long Calls { get; init; }

    /// <summary>The first call.</summary>
    public required DateTimeOffset FirstCall { get; init; }

    /// <summary>The last call.</summary>
    public required DateTimeOffset LastCall { get; init; }
}
