using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Storage;
using Headgate.Storage.Migrations;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Roles;

/// <summary>
/// The roles of a store and who has them: changed here, and read again and again, so that what another process did is soon known to this one. Lives longer than a plan.
/// Thread-safe.
/// </summary>
public sealed class RoleDirectory : IDisposable
{
    /// <summary>The most roles.</summary>
    public const int MostRoles = 1_000;

    /// <summary>The most permissions of a role.</summary>
    public const int MostPermissions = 128;

    /// <summary>The most assignments.</summary>
    public const int MostAssignments = 100_000;

    /// <summary>The most assignments of one subject, of all tenants together.</summary>
    public const int MostOfSubject = 256;

    /// <summary>How often the store is asked for what other processes changed.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(1);

    private readonly Store _store;
    private readonly RoleReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="store">The store, opened before it is read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where changes and failures are told.</param>
    public RoleDirectory(Store store, TimeProvider time, ILogger<RoleDirectory> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _reader = new RoleReader(store, Known, time, logger);
    }

    /// <summary>The tables of roles.</summary>
    public static MigrationSet Migrations => RoleTable.Migrations;

    /// <summary>What requests are checked against.</summary>
    public KnownRoles Known { get; } = new();

    // As the store keeps it.
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Reads what changed in the store since it was read last: everything, the first time.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(cancellationToken);

    /// <summary>Follows what changes in the store until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _reader.RunAsync(ReadEvery, cancellationToken);

    /// <summary>Roles in the order of their names.</summary>
    /// <param name="after">The name after which the list goes on; empty for its beginning.</param>
    /// <param name="most">The most that are listed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<IReadOnlyList<StoredRole>> ListAsync(string after, int most, CancellationToken cancellationToken) =>
        _store.ReadAsync(session => RoleTable.ListRolesAsync(session, after, most), cancellationToken);

    /// <summary>The role of a name, or null.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<StoredRole?> FindAsync(string name, CancellationToken cancellationToken) => _store.ReadAsync(session => RoleTable.FindRoleAsync(session, name), cancellationToken);

    /// <summary>Says what a role permits. It holds at once in this process, for everybody who has the role.</summary>
    /// <returns>The role, and <see cref="RoleOutcome.Created"/>, <see cref="RoleOutcome.Replaced"/> or <see cref="RoleOutcome.TooMany"/>.</returns>
    /// <exception cref="StoreException">The store could not keep it.</exception>
    public async Task<(StoredRole Role, RoleOutcome Outcome)> SetAsync(string name, IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permissions.Count, MostPermissions, nameof(permissions));
        var role = new StoredRole(name, [.. permissions.Select(permission => new PermissionPattern(permission))], Now);
        RoleOutcome outcome = await ChangeAsync(session => RoleCommands.SetAsync(session, role), cancellationToken);
        if (outcome != RoleOutcome.TooMany)
            RoleLog.Set(_logger, name, string.Join(' ', permissions));
        return (role, outcome);
    }

    /// <summary>Deletes a role that nobody has.</summary>
    /// <returns><see cref="RoleOutcome.Deleted"/>, <see cref="RoleOutcome.NotFound"/> or <see cref="RoleOutcome.InUse"/>.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<RoleOutcome> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        RoleOutcome outcome = await ChangeAsync(session => RoleCommands.DeleteAsync(session, name), cancellationToken);
        if (outcome == RoleOutcome.Deleted)
            RoleLog.Deleted(_logger, name);
        return outcome;
    }

    /// <summary>Assignments in the order in which they were made.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public Task<IReadOnlyList<RoleAssignment>> ListAssignmentsAsync(AssignmentQuery query, CancellationToken cancellationToken) =>
        _store.ReadAsync(session => RoleTable.ListAssignmentsAsync(session, query), cancellationToken);

    /// <summary>Gives somebody a role. It holds at once in this process.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="tenant">The tenant for whose requests; null for those without one, <see cref="RoleAssignment.EveryTenant"/> for all.</param>
    /// <param name="role">The role.</param>
    /// <param name="scope">Where; null for everywhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The assignment, and <see cref="RoleOutcome.Created"/>, <see cref="RoleOutcome.Replaced"/> (it was there already), <see cref="RoleOutcome.NotFound"/> (there is no such role)
    /// or <see cref="RoleOutcome.TooMany"/>.
    /// </returns>
    /// <exception cref="StoreException">The store could not keep it.</exception>
    public async Task<(RoleAssignment Assignment, RoleOutcome Outcome)> AssignAsync(Subject subject, string? tenant, string role, RoleScope? scope, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now;
        var wanted = new RoleAssignment(Guid.CreateVersion7(now).ToString("N"), subject, tenant, role, scope, now);
        (RoleAssignment made, RoleOutcome outcome) = await ChangeAsync(session => RoleCommands.AssignAsync(session, wanted), cancellationToken);
        if (outcome == RoleOutcome.Created)
            RoleLog.Assigned(_logger, subject, made, made.Id);
        return (made, outcome);
    }

    /// <summary>Takes a role from somebody. When this returns it no longer holds in this process; in others it ends when they next read.</summary>
    /// <returns>The assignment that was; null when there is none of that id.</returns>
    /// <exception cref="StoreException">The store could not do it.</exception>
    public async Task<RoleAssignment?> UnassignAsync(string id, CancellationToken cancellationToken)
    {
        RoleAssignment? was = await ChangeAsync(session => RoleCommands.UnassignAsync(session, id), cancellationToken);
        if (was is not null)
            RoleLog.Unassigned(_logger, was.Subject, was, id);
        return was;
    }

    /// <summary>Lets go of what it holds, but for the store.</summary>
    public void Dispose() => _reader.Dispose();

    // What is durable is done, even where it cannot be read back now: then it holds as soon as it can.
    private async Task<T> ChangeAsync<T>(Func<StoreSession, ValueTask<T>> change, CancellationToken cancellationToken)
    {
        T result = await _store.WriteAsync(change, cancellationToken);
        await _reader.TryReadAsync(CancellationToken.None);
        return result;
    }
}
