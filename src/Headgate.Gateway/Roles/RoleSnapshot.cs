using System.Collections.Frozen;
using System.Collections.Immutable;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Roles;

/// <summary>The roles and assignments of the store as of one moment. Immutable; asking allocates nothing and waits for nothing.</summary>
public sealed class RoleSnapshot
{
    private readonly FrozenDictionary<string, StoredRole> _roles;
    private readonly ImmutableDictionary<Subject, RoleAssignment[]> _assignments;

    private RoleSnapshot(long version, FrozenDictionary<string, StoredRole> roles, ImmutableDictionary<Subject, RoleAssignment[]> assignments) =>
        (Version, _roles, _assignments) = (version, roles, assignments);

    /// <summary>The snapshot without roles, from which reading begins.</summary>
    public static RoleSnapshot Empty { get; } = new(0, FrozenDictionary<string, StoredRole>.Empty, ImmutableDictionary<Subject, RoleAssignment[]>.Empty);

    /// <summary>How many changes of the store it has.</summary>
    public long Version { get; }

    /// <summary>The role of a name, or null.</summary>
    public StoredRole? RoleOf(string name) => _roles.GetValueOrDefault(name);

    /// <summary>What is assigned to somebody, for whichever tenants.</summary>
    public IReadOnlyList<RoleAssignment> AssignmentsOf(Subject? subject) => AssignedTo(subject);

    /// <summary>The same, for requests: no enumerator.</summary>
    internal RoleAssignment[] AssignedTo(Subject? subject) => subject is not null && _assignments.TryGetValue(subject, out RoleAssignment[]? assigned) ? assigned : [];

    /// <summary>The snapshot after changes.</summary>
    internal RoleSnapshot With(RoleChanges changes)
    {
        FrozenDictionary<string, StoredRole> roles = changes.Roles?.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal) ?? _roles;
        ImmutableDictionary<Subject, RoleAssignment[]>.Builder assignments = (changes.IsWhole ? ImmutableDictionary<Subject, RoleAssignment[]>.Empty : _assignments).ToBuilder();
        assignments.RemoveRange(changes.Subjects);
        foreach (IGrouping<Subject, RoleAssignment> ofOne in changes.Assignments.GroupBy(assignment => assignment.Subject))
            assignments[ofOne.Key] = [.. ofOne];
        return new RoleSnapshot(changes.Version, roles, assignments.ToImmutable());
    }
}
