using Headgate.Storage;

namespace Headgate.Gateway.Roles;

/// <summary>Changes of roles and assignments, each within one transaction. Stateless.</summary>
internal static class RoleCommands
{
    public static async ValueTask<RoleOutcome> SetAsync(StoreSession session, StoredRole role)
    {
        bool isNew = await RoleTable.FindRoleAsync(session, role.Name).ConfigureAwait(false) is null;
        if (isNew && await RoleTable.CountRolesAsync(session).ConfigureAwait(false) >= RoleDirectory.MostRoles)
            return RoleOutcome.TooMany;
        await RoleTable.NoteAsync(session, null, role.Name).ConfigureAwait(false);
        await RoleTable.SetRoleAsync(session, role).ConfigureAwait(false);
        return isNew ? RoleOutcome.Created : RoleOutcome.Replaced;
    }

    public static async ValueTask<RoleOutcome> DeleteAsync(StoreSession session, string name)
    {
        if (await RoleTable.FindRoleAsync(session, name).ConfigureAwait(false) is null)
            return RoleOutcome.NotFound;
        if (await RoleTable.CountAssignmentsAsync(session, name).ConfigureAwait(false) > 0)
            return RoleOutcome.InUse;
        await RoleTable.NoteAsync(session, null, name).ConfigureAwait(false);
        await RoleTable.DeleteRoleAsync(session, name).ConfigureAwait(false);
        return RoleOutcome.Deleted;
    }

    public static async ValueTask<(RoleAssignment Assignment, RoleOutcome Outcome)> AssignAsync(StoreSession session, RoleAssignment wanted)
    {
        if (await RoleTable.FindRoleAsync(session, wanted.Role).ConfigureAwait(false) is null)
            return (wanted, RoleOutcome.NotFound);
        IReadOnlyList<RoleAssignment> others = await RoleTable.ListAssignmentsAsync(session, wanted.Subject).ConfigureAwait(false);
        if (others.FirstOrDefault(other => other == wanted with { Id = other.Id, CreatedAt = other.CreatedAt }) is { } same)
            return (same, RoleOutcome.Replaced);
        if (others.Count >= RoleDirectory.MostOfSubject || await RoleTable.CountAssignmentsAsync(session).ConfigureAwait(false) >= RoleDirectory.MostAssignments)
            return (wanted, RoleOutcome.TooMany);
        await RoleTable.NoteAsync(session, wanted.Subject, wanted.Role).ConfigureAwait(false);
        await RoleTable.AddAssignmentAsync(session, wanted).ConfigureAwait(false);
        return (wanted, RoleOutcome.Created);
    }

    public static async ValueTask<RoleAssignment?> UnassignAsync(StoreSession session, string id)
    {
        RoleAssignment? was = await RoleTable.FindAssignmentAsync(session, id).ConfigureAwait(false);
        if (was is null)
            return null;
        await RoleTable.NoteAsync(session, was.Subject, was.Role).ConfigureAwait(false);
        await RoleTable.DeleteAssignmentAsync(session, id).ConfigureAwait(false);
        return was;
    }
}
