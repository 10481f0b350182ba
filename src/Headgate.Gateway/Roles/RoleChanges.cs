using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Roles;

/// <summary>What changed in the store after a version.</summary>
/// <param name="Version">The version that it leads to.</param>
/// <param name="IsWhole">Whether it is everything that the store has, in place of what was known.</param>
/// <param name="Roles">All roles; null when none has changed.</param>
/// <param name="Subjects">Whose assignments have changed.</param>
/// <param name="Assignments">All assignments of these.</param>
internal sealed record RoleChanges(long Version, bool IsWhole, IReadOnlyList<StoredRole>? Roles, IReadOnlyList<Subject> Subjects, IReadOnlyList<RoleAssignment> Assignments);
