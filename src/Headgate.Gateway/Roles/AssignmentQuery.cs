using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Roles;

/// <summary>Which assignments are asked for: those that have all that is given.</summary>
public sealed record AssignmentQuery
{
    /// <summary>Who has them; null for anybody.</summary>
    public Subject? Subject { get; init; }

    /// <summary>The tenant for whose requests they hold; null for any.</summary>
    public string? Tenant { get; init; }

    /// <summary>The role; null for any.</summary>
    public string? Role { get; init; }

    /// <summary>The id after which the list goes on; null for its beginning.</summary>
    public string? After { get; init; }

    /// <summary>The most that are listed.</summary>
    public required int Most { get; init; }
}
