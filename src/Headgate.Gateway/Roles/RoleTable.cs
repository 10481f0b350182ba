using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Storage;
using Headgate.Storage.Migrations;

namespace Headgate.Gateway.Roles;

/// <summary>
/// The roles and assignments of a store. Each change has the next version and is noted with it; the row that counts versions makes changes commit in the order of their
/// versions, on both engines, so whoever has read up to one has all before it. Stateless.
/// </summary>
internal static class RoleTable
{
    /// <summary>The changes that are kept: who is further behind reads everything.</summary>
    public const int MostChanges = 10_000;

    /// <summary>The kind under which the change of a role is noted; the others are kinds of subjects.</summary>
    private const string RoleChange = "role";

    private const string AssignmentColumns = "a.id, a.subject_kind, a.subject_id, a.tenant, a.role, a.scope, a.created_at";

    public static MigrationSet Migrations { get; } = new("roles", new Migration(1, "create roles and assignments", """
        CREATE TABLE headgate_roles (
            name TEXT PRIMARY KEY,
            permissions TEXT NOT NULL,
            changed_at BIGINT NOT NULL);
        CREATE TABLE headgate_role_assignments (
            id TEXT PRIMARY KEY,
            subject_kind TEXT NOT NULL,
            subject_id TEXT NOT NULL,
            tenant TEXT NOT NULL,
            role TEXT NOT NULL,
            scope TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            UNIQUE (subject_kind, subject_id, tenant, role, scope));
        CREATE INDEX headgate_role_assignments_by_role ON headgate_role_assignments (role);
        CREATE TABLE headgate_role_changes (
            version BIGINT PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL);
        CREATE TABLE headgate_role_versions (last BIGINT NOT NULL);
        INSERT INTO headgate_role_versions (last) VALUES (0)
        """));

    /// <summary>Notes a change. Whoever changes something else meanwhile waits here until this one is committed.</summary>
    public static async ValueTask NoteAsync(StoreSession session, Subject? subject, string role)
    {
        long version = await session.FindAsync("UPDATE headgate_role_versions SET last = last + 1 RETURNING last", row => row.GetInt64(0)).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO headgate_role_changes (version, kind, name) VALUES ($1, $2, $3)", version, subject is null ? RoleChange : subject.Kind.ToString(), subject?.Id ?? role).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM headgate_role_changes WHERE version <= $1", version - MostChanges).ConfigureAwait(false);
    }

    public static ValueTask<long> CountRolesAsync(StoreSession session) => session.FindAsync("SELECT COUNT(*) FROM headgate_roles", row => row.GetInt64(0));

    public static ValueTask<StoredRole?> FindRoleAsync(StoreSession session, string name) =>
        session.FindAsync("SELECT name, permissions, changed_at FROM headgate_roles WHERE name = $1", ReadRole, name);

    public static ValueTask<IReadOnlyList<StoredRole>> ListRolesAsync(StoreSession session, string after, int most) =>
        session.ListAsync("SELECT name, permissions, changed_at FROM headgate_roles WHERE name > $1 ORDER BY name LIMIT $2", ReadRole, after, most);

    public static ValueTask<int> SetRoleAsync(StoreSession session, StoredRole role) => session.ExecuteAsync(
        """
        INSERT INTO headgate_roles (name, permissions, changed_at) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions, changed_at = excluded.changed_at
        """,
        role.Name, string.Join(' ', role.Permissions), role.ChangedAt);

    public static ValueTask<int> DeleteRoleAsync(StoreSession session, string name) => session.ExecuteAsync("DELETE FROM headgate_roles WHERE name = $1", name);

    public static ValueTask<long> CountAssignmentsAsync(StoreSession session) => session.FindAsync("SELECT COUNT(*) FROM headgate_role_assignments", row => row.GetInt64(0));

    public static ValueTask<long> CountAssignmentsAsync(StoreSession session, string role) =>
        session.FindAsync("SELECT COUNT(*) FROM headgate_role_assignments WHERE role = $1", row => row.GetInt64(0), role);

    public static ValueTask<IReadOnlyList<RoleAssignment>> ListAssignmentsAsync(StoreSession session, Subject subject) => session.ListAsync(
        $"SELECT {AssignmentColumns} FROM headgate_role_assignments a WHERE a.subject_kind = $1 AND a.subject_id = $2", ReadAssignment, subject.Kind.ToString(), subject.Id);

    // What is not asked for is empty: a null would have no type on PostgreSQL.
    public static ValueTask<IReadOnlyList<RoleAssignment>> ListAssignmentsAsync(StoreSession session, AssignmentQuery query) => session.ListAsync(
        $"""
        SELECT {AssignmentColumns} FROM headgate_role_assignments a
        WHERE a.id > $1 AND ($2 = '' OR a.subject_kind = $2) AND ($3 = '' OR a.subject_id = $3) AND ($4 = '' OR a.tenant = $4) AND ($5 = '' OR a.role = $5)
        ORDER BY a.id LIMIT $6
        """,
        ReadAssignment,
        query.After ?? "", query.Subject?.Kind.ToString() ?? "", query.Subject?.Id ?? "", query.Tenant ?? "", query.Role ?? "", query.Most);

    public static ValueTask<RoleAssignment?> FindAssignmentAsync(StoreSession session, string id) =>
        session.FindAsync($"SELECT {AssignmentColumns} FROM headgate_role_assignments a WHERE a.id = $1", ReadAssignment, id);

    public static ValueTask<int> AddAssignmentAsync(StoreSession session, RoleAssignment assignment) => session.ExecuteAsync(
        "INSERT INTO headgate_role_assignments (id, subject_kind, subject_id, tenant, role, scope, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        assignment.Id, assignment.Subject.Kind.ToString(), assignment.Subject.Id, assignment.Tenant ?? "", assignment.Role, assignment.Scope?.ToString() ?? "", assignment.CreatedAt);

    public static ValueTask<int> DeleteAssignmentAsync(StoreSession session, string id) => session.ExecuteAsync("DELETE FROM headgate_role_assignments WHERE id = $1", id);

    /// <summary>What changed after a version; null for nothing.</summary>
    public static async ValueTask<RoleChanges?> ChangesAfterAsync(StoreSession session, long version)
    {
        (long last, long first) = await session.FindAsync(
            "SELECT v.last, (SELECT COALESCE(MIN(version), 0) FROM headgate_role_changes) FROM headgate_role_versions v", row => (row.GetInt64(0), row.GetInt64(1))).ConfigureAwait(false);
        if (last == version)
            return null;

        // Fewer changes than are known: an older copy of the store has taken its place.
        bool isWhole = version == 0 || last < version || first > version + 1;
        return isWhole ? await ReadWholeAsync(session, last).ConfigureAwait(false) : await ReadPartAsync(session, version, last).ConfigureAwait(false);
    }

    private static async ValueTask<RoleChanges> ReadWholeAsync(StoreSession session, long last) => new(
        last,
        true,
        await ListRolesAsync(session, "", int.MaxValue).ConfigureAwait(false),
        [],
        await session.ListAsync($"SELECT {AssignmentColumns} FROM headgate_role_assignments a ORDER BY a.id", ReadAssignment).ConfigureAwait(false));

    private static async ValueTask<RoleChanges> ReadPartAsync(StoreSession session, long version, long last)
    {
        IReadOnlyList<(string Kind, string Name)> changed = await session.ListAsync(
            "SELECT DISTINCT kind, name FROM headgate_role_changes WHERE version > $1", row => (row.GetString(0), row.GetString(1)), version).ConfigureAwait(false);
        IReadOnlyList<RoleAssignment> assignments = await session.ListAsync(
            $"""
            SELECT {AssignmentColumns} FROM headgate_role_assignments a
            JOIN (SELECT DISTINCT kind, name FROM headgate_role_changes WHERE version > $1) c ON c.kind = a.subject_kind AND c.name = a.subject_id
            ORDER BY a.id
            """,
            ReadAssignment,
            version).ConfigureAwait(false);
        IReadOnlyList<StoredRole>? roles = changed.Any(change => change.Kind == RoleChange) ? await ListRolesAsync(session, "", int.MaxValue).ConfigureAwait(false) : null;
        return new RoleChanges(last, false, roles, [.. changed.Where(change => change.Kind != RoleChange).Select(change => SubjectOf(change.Kind, change.Name))], assignments);
    }

    private static StoredRole ReadRole(StoreRow row) => new(
        row.GetString(0), [.. row.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(permission => new PermissionPattern(permission))], row.GetTime(2));

    private static RoleAssignment ReadAssignment(StoreRow row) => new(
        row.GetString(0),
        SubjectOf(row.GetString(1), row.GetString(2)),
        row.GetString(3) is { Length: > 0 } tenant ? tenant : null,
        row.GetString(4),
        ScopeOf(row.GetString(5)),
        row.GetTime(6));

    // A scope that is not understood must not be taken for none, which would be everywhere: no tenant has an empty name.
    private static RoleScope? ScopeOf(string text) => text.Length == 0 ? null : RoleScope.TryParse(text) ?? new RoleScope(RoleScope.TenantKind, "");

    private static Subject SubjectOf(string kind, string id) => new(Enum.Parse<SubjectKind>(kind), id);
}
