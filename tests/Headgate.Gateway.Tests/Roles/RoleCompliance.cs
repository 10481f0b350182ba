using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Roles;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.Roles;

/// <summary>What roles and assignments mean, on both engines alike.</summary>
public abstract class RoleCompliance
{
    private static readonly Subject s_ada = new(SubjectKind.User, "ada");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An empty database; null for an SQLite file.</summary>
    protected abstract Task<StoreLocation?> NewLocationAsync();

    private async Task<RoleStore> OpenAsync() => await RoleStore.OpenAsync(await NewLocationAsync());

    [Fact]
    public async Task Role_SetAndSetAnew_PermitsTheLastAtOnce()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        Assert.Equal(RoleOutcome.Created, (await roles.SetAsync("keeper", ["pet:*"], Stop)).Outcome);
        Assert.Equal(["pet:*"], Texts(roles.Known.Current.RoleOf("keeper")!));
        Assert.Equal(RoleOutcome.Replaced, (await roles.SetAsync("keeper", ["pet:read", "*:list"], Stop)).Outcome);
        Assert.Equal(["pet:read", "*:list"], Texts(roles.Known.Current.RoleOf("keeper")!));
        Assert.Equal(["pet:read", "*:list"], Texts((await roles.FindAsync("keeper", Stop))!));
        Assert.Null(await roles.FindAsync("Keeper", Stop));
        Assert.Equal(RoleOutcome.Created, (await roles.SetAsync("a", [], Stop)).Outcome);
        Assert.Equal(["a", "keeper"], (await roles.ListAsync("", 10, Stop)).Select(role => role.Name));
        Assert.Equal(["keeper"], (await roles.ListAsync("a", 10, Stop)).Select(role => role.Name));
    }

    [Fact]
    public async Task Role_ThatSomebodyHas_IsNotDeleted()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        Assert.Equal(RoleOutcome.NotFound, await roles.DeleteAsync("keeper", Stop));
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        RoleAssignment made = (await roles.AssignAsync(s_ada, "acme", "keeper", null, Stop)).Assignment;
        Assert.Equal(RoleOutcome.InUse, await roles.DeleteAsync("keeper", Stop));
        Assert.NotNull(roles.Known.Current.RoleOf("keeper"));
        await roles.UnassignAsync(made.Id, Stop);
        Assert.Equal(RoleOutcome.Deleted, await roles.DeleteAsync("keeper", Stop));
        Assert.Null(roles.Known.Current.RoleOf("keeper"));
    }

    [Fact]
    public async Task Assignment_MadeAndTakenBack_HoldsAndNoLonger()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        Assert.Equal(RoleOutcome.NotFound, (await roles.AssignAsync(s_ada, null, "keeper", null, Stop)).Outcome);
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        (RoleAssignment first, RoleOutcome outcome) = await roles.AssignAsync(s_ada, "acme", "keeper", new RoleScope("team", "frontend"), Stop);
        Assert.Equal(RoleOutcome.Created, outcome);
        Assert.Equal([first], roles.Known.Current.AssignmentsOf(s_ada));
        (RoleAssignment same, outcome) = await roles.AssignAsync(s_ada, "acme", "keeper", new RoleScope("team", "frontend"), Stop);
        Assert.Equal((first, RoleOutcome.Replaced), (same, outcome));
        RoleAssignment second = (await roles.AssignAsync(s_ada, null, "keeper", null, Stop)).Assignment;
        Assert.Empty(roles.Known.Current.AssignmentsOf(new Subject(SubjectKind.ServiceAccount, "ada")));

        Assert.Equal(first, await roles.UnassignAsync(first.Id, Stop));
        Assert.Equal([second], roles.Known.Current.AssignmentsOf(s_ada));
        Assert.Null(await roles.UnassignAsync(first.Id, Stop));
    }

    [Fact]
    public async Task Assignments_Listed_AreThoseThatAreAskedFor()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        foreach (string name in new[] { "keeper", "reader" })
            await roles.SetAsync(name, ["pet:read"], Stop);
        var key = new Subject(SubjectKind.ApiKey, "ada");
        RoleAssignment[] all =
        [
            (await roles.AssignAsync(s_ada, "acme", "keeper", null, Stop)).Assignment,
            (await roles.AssignAsync(s_ada, RoleAssignment.EveryTenant, "reader", null, Stop)).Assignment,
            (await roles.AssignAsync(key, "acme", "reader", null, Stop)).Assignment,
        ];
        Assert.Equal(all.OrderBy(one => one.Id, StringComparer.Ordinal), await roles.ListAssignmentsAsync(new AssignmentQuery { Most = 10 }, Stop));
        Assert.Equal([all[2]], await roles.ListAssignmentsAsync(new AssignmentQuery { Subject = key, Most = 10 }, Stop));
        Assert.Equal(2, (await roles.ListAssignmentsAsync(new AssignmentQuery { Tenant = "acme", Most = 10 }, Stop)).Count);
        Assert.Equal([all[1]], await roles.ListAssignmentsAsync(new AssignmentQuery { Subject = s_ada, Role = "reader", Most = 10 }, Stop));
        string first = Assert.Single(await roles.ListAssignmentsAsync(new AssignmentQuery { Most = 1 }, Stop)).Id;
        Assert.Equal(2, (await roles.ListAssignmentsAsync(new AssignmentQuery { After = first, Most = 10 }, Stop)).Count);
    }

    [Fact]
    public async Task Bounds_Reached_RefuseOneMore()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        await store.Store.WriteAsync(
            async session =>
            {
                for (int i = 0; i < RoleDirectory.MostOfSubject; i++)
                    await RoleTable.AddAssignmentAsync(session, new RoleAssignment($"{i}", s_ada, $"t{i}", "keeper", null, DateTimeOffset.UnixEpoch));
                for (int i = 1; i < RoleDirectory.MostRoles; i++)
                    await RoleTable.SetRoleAsync(session, new StoredRole($"role-{i}", [], DateTimeOffset.UnixEpoch));
                return 0;
            },
            Stop);
        Assert.Equal(RoleOutcome.TooMany, (await roles.AssignAsync(s_ada, "one-more", "keeper", null, Stop)).Outcome);
        Assert.Equal(RoleOutcome.Replaced, (await roles.AssignAsync(s_ada, "t3", "keeper", null, Stop)).Outcome);
        Assert.Equal(RoleOutcome.Created, (await roles.AssignAsync(new Subject(SubjectKind.User, "bob"), "acme", "keeper", null, Stop)).Outcome);
        Assert.Equal(RoleOutcome.TooMany, (await roles.SetAsync("one-more", [], Stop)).Outcome);
        Assert.Equal(RoleOutcome.Replaced, (await roles.SetAsync("keeper", [], Stop)).Outcome);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => roles.SetAsync("keeper", [.. Enumerable.Repeat("a:b", RoleDirectory.MostPermissions + 1)], Stop));
    }

    [Fact]
    public async Task Change_OfAnotherProcess_IsTakenUpByTheNextReading()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory here = store.NewDirectory();
        RoleDirectory there = store.NewDirectory();
        await here.ReadAsync(Stop);
        await there.SetAsync("keeper", ["pet:*"], Stop);
        RoleAssignment made = (await there.AssignAsync(s_ada, "acme", "keeper", null, Stop)).Assignment;
        Assert.Empty(here.Known.Current.AssignmentsOf(s_ada));
        store.Time.Advance(TimeSpan.FromSeconds(3));
        await here.ReadAsync(Stop);
        Assert.Equal([made], here.Known.Current.AssignmentsOf(s_ada));
        Assert.Equal(store.Time.GetUtcNow(), here.Known.ReadAt);
        await there.UnassignAsync(made.Id, Stop);
        await here.ReadAsync(Stop);
        Assert.Empty(here.Known.Current.AssignmentsOf(s_ada));
        Assert.NotNull(here.Known.Current.RoleOf("keeper"));
        Assert.Equal(there.Known.Current.Version, here.Known.Current.Version);
    }

    [Fact]
    public async Task Process_ThatIsFarBehind_ReadsEverything()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory here = store.NewDirectory();
        RoleDirectory there = store.NewDirectory();
        await there.SetAsync("gone", [], Stop);
        await here.ReadAsync(Stop);
        await there.DeleteAsync("gone", Stop);
        await there.SetAsync("keeper", ["pet:*"], Stop);
        RoleAssignment made = (await there.AssignAsync(s_ada, "acme", "keeper", null, Stop)).Assignment;

        // As if more had changed since than is kept.
        await store.Store.WriteAsync(session => session.ExecuteAsync("DELETE FROM headgate_role_changes WHERE version <= 3"), Stop);
        await here.ReadAsync(Stop);
        Assert.Equal([made], here.Known.Current.AssignmentsOf(s_ada));
        Assert.Null(here.Known.Current.RoleOf("gone"));
        Assert.NotNull(here.Known.Current.RoleOf("keeper"));
    }

    [Fact]
    public async Task Scope_ThatIsNotUnderstood_IsNotTakenForEverywhere()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        await roles.AssignAsync(s_ada, "acme", "keeper", new RoleScope("team", "frontend"), Stop);
        await store.Store.WriteAsync(session => session.ExecuteAsync("UPDATE headgate_role_assignments SET scope = 'damaged'"), Stop);
        RoleDirectory other = store.NewDirectory();
        await other.ReadAsync(Stop);
        Assert.Equal(new RoleScope(RoleScope.TenantKind, ""), Assert.Single(other.Known.Current.AssignmentsOf(s_ada)).Scope);
    }

    [Fact]
    public async Task Store_ThatAnOlderCopyHasReplaced_IsReadFromItsBeginning()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        await roles.SetAsync("later", ["pet:*"], Stop);
        await roles.AssignAsync(s_ada, "acme", "later", null, Stop);
        await store.Store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM headgate_role_assignments");
                await session.ExecuteAsync("DELETE FROM headgate_roles WHERE name = 'later'");
                await session.ExecuteAsync("DELETE FROM headgate_role_changes WHERE version > 1");
                return await session.ExecuteAsync("UPDATE headgate_role_versions SET last = 1");
            },
            Stop);
        await roles.ReadAsync(Stop);
        Assert.Empty(roles.Known.Current.AssignmentsOf(s_ada));
        Assert.Null(roles.Known.Current.RoleOf("later"));
        Assert.NotNull(roles.Known.Current.RoleOf("keeper"));
    }

    [Fact]
    public async Task Changes_OfManyAtOnce_AreAllKnownInTheEnd()
    {
        await using RoleStore store = await OpenAsync();
        RoleDirectory[] processes = [store.NewDirectory(), store.NewDirectory()];
        await processes[0].SetAsync("keeper", ["pet:*"], Stop);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => processes[i % 2].AssignAsync(new Subject(SubjectKind.User, $"user-{i % 20}"), $"tenant-{i}", "keeper", null, Stop)));
        foreach (RoleDirectory process in processes)
        {
            await process.ReadAsync(Stop);
            Assert.Equal(61, process.Known.Current.Version);
            Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(3, process.Known.Current.AssignmentsOf(new Subject(SubjectKind.User, $"user-{i}")).Count));
        }
    }

    private static IEnumerable<string> Texts(StoredRole role) => role.Permissions.Select(permission => permission.ToString());
}
