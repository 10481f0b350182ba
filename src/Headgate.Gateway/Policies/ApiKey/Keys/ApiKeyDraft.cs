using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>A key that somebody wants. Immutable.</summary>
public sealed record ApiKeyDraft
{
    /// <summary>The longest name.</summary>
    public const int MostNameChars = 100;

    /// <summary>The most scopes.</summary>
    public const int MostScopes = 64;

    /// <summary>The most roles.</summary>
    public const int MostRoles = 16;

    /// <summary>The most permissions of a role.</summary>
    public const int MostPermissions = 64;

    /// <summary>The longest scope, role and permission.</summary>
    public const int MostTextChars = 128;

    /// <summary>What it is for, in words.</summary>
    public required string Name { get; init; }

    /// <summary>The user for whom it speaks; null for nobody in particular.</summary>
    public string? Owner { get; init; }

    /// <summary>The tenant of its requests; null for none.</summary>
    public string? Tenant { get; init; }

    /// <summary>Its scopes.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Its roles.</summary>
    public IReadOnlyList<ApiKeyRole> Roles { get; init; } = [];

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Everything that is wrong with it, each a sentence.</summary>
    public IEnumerable<string> ProblemsAt(DateTimeOffset now)
    {
        if (Name.Length is 0 or > MostNameChars || Name.Any(char.IsControl))
            yield return $"A name has 1 to {MostNameChars} characters, on one line.";
        if (Owner is not null && !CallerText.IsUser(Owner))
            yield return $"An owner has 1 to {CallerText.MostUserChars} visible ASCII characters.";
        if (Tenant is not null && !CallerText.IsTenant(Tenant))
            yield return $"A tenant has 1 to {CallerText.MostTenantChars} letters, digits, '.', '_' and '-'.";
        if (Scopes.Count > MostScopes || Scopes.Any(scope => scope is not { Length: <= MostTextChars } || !CallerText.IsScope(scope)))
            yield return $"There are at most {MostScopes} scopes, each of 1 to {MostTextChars} visible ASCII characters without quotation mark and backslash.";
        if (Roles.Count > MostRoles || !Roles.All(IsRole))
            yield return $"There are at most {MostRoles} roles, each with a name, a scope like team:frontend or none, and at most {MostPermissions} permissions of at most {MostTextChars} characters.";
        if (ExpiresAt <= now)
            yield return "The key would have expired already.";
    }

    private static bool IsRole(ApiKeyRole role) =>
        IsText(role.Role) && (role.Scope is null || (IsText(role.Scope) && RoleScope.TryParse(role.Scope) is not null))
        && role.Permissions is { Count: <= MostPermissions } permissions && permissions.All(IsText);

    private static bool IsText(string? text) => text is { Length: > 0 and <= MostTextChars } && !text.Any(char.IsControl);
}
