using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Roles;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.Roles;

/// <summary>Roles in an SQLite file.</summary>
public sealed class SqliteRoleTests : RoleCompliance
{
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override Task<StoreLocation?> NewLocationAsync() => Task.FromResult<StoreLocation?>(null);

    [Fact]
    public async Task Store_ThatIsGone_LeavesTheLastSnapshotInForce()
    {
        await using RoleStore store = await RoleStore.OpenAsync();
        RoleDirectory roles = store.NewDirectory();
        await roles.SetAsync("keeper", ["pet:*"], Stop);
        RoleAssignment made = (await roles.AssignAsync(new Subject(SubjectKind.User, "ada"), "acme", "keeper", null, Stop)).Assignment;
        DateTimeOffset? readAt = roles.Known.ReadAt;
        store.Time.Advance(TimeSpan.FromMinutes(1));

        Remove(store);
        await Assert.ThrowsAsync<StoreException>(() => roles.ReadAsync(Stop));
        await Assert.ThrowsAsync<StoreException>(() => roles.UnassignAsync(made.Id, Stop));
        Assert.Equal([made], roles.Known.Current.AssignmentsOf(made.Subject));
        Assert.Equal(readAt, roles.Known.ReadAt);
    }

    [Fact]
    public async Task Reading_WhileTheStoreIsGone_IsToldOnceAndRecoversByItself()
    {
        await using RoleStore store = await RoleStore.OpenAsync();
        RoleDirectory other = store.NewDirectory();
        var known = new KnownRoles();
        using var reader = new RoleReader(store.Store, known, store.Time, store.Log);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = reader.RunAsync(s_often, running.Token);
        await other.SetAsync("keeper", ["pet:*"], Stop);
        await Condition.HoldsAsync(() => known.Current.RoleOf("keeper") is not null, Stop);

        string away = Remove(store);
        await Condition.HoldsAsync(() => Told(store, "Role assignments cannot be read") == 1, Stop);
        await Assert.ThrowsAsync<StoreException>(() => reader.ReadAsync(Stop));
        await reader.TryReadAsync(Stop);
        Assert.Equal(1, Told(store, "Role assignments cannot be read"));
        Assert.NotNull(known.Current.RoleOf("keeper"));

        File.Move(away, store.Store.Location.Path!);
        await Condition.HoldsAsync(() => Told(store, "Role assignments are read again") == 1, Stop);
        await running.CancelAsync();
        await run;
    }

    private static string Remove(RoleStore store)
    {
        string away = store.Store.Location.Path + ".away";
        File.Move(store.Store.Location.Path!, away);
        return away;
    }

    private static int Told(RoleStore store, string beginning) => store.Log.Messages.Count(message => message.StartsWith(beginning, StringComparison.Ordinal));
}
