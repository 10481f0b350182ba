using System.Globalization;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Says which roles a caller has and where they come from, for whoever asks why he may not.</summary>
internal static class RoleExplanation
{
    /// <summary>The sentences.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="known">The roles of the store; null where the document does not ask it.</param>
    public static string Of(in CallerRoles roles, Caller caller, KnownRoles? known)
    {
        string granted = roles.Granted.Count == 0 ? "none" : string.Join(", ", roles.Granted);
        return $"Roles of the credential: {granted}. {OfStore(roles, caller, known)}";
    }

    private static string OfStore(in CallerRoles roles, Caller caller, KnownRoles? known)
    {
        if (known is null)
            return "The document does not ask the store.";
        if (known.ReadAt is not { } readAt)
            return "The store was not read.";
        string? tenant = roles.Tenant;
        RoleAssignment[] own = [.. roles.Assigned.Where(assignment => assignment.IsOf(tenant))];
        string assigned = own.Length == 0 ? "none" : string.Join(", ", own.Select(assignment => assignment.ToString()));
        int others = roles.Assigned.Length - own.Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Assigned in the store to {caller.Subject?.ToString() ?? "nobody in particular"}, as of {readAt:u}: {assigned}{(others == 0 ? "" : $"; {others} of other tenants")}.");
    }
}
