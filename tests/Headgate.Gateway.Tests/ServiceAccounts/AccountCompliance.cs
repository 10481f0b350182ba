using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>What accounts and keys are in a store; the same on both engines.</summary>
public abstract class AccountCompliance : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private AccountStore _store = null!;
    private ServiceAccountRegistry _accounts = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected abstract Task<StoreLocation?> NewLocationAsync();

    public async ValueTask InitializeAsync()
    {
        _store = await AccountStore.OpenAsync(await NewLocationAsync());
        _accounts = new ServiceAccountRegistry(_store.Store, new ServiceAccountOptions(), _time, NullLogger<ServiceAccountRegistry>.Instance);
        _accounts.Issuer.ListensAt(new Uri("http://127.0.0.1:1"));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is not null)
            await _store.DisposeAsync();
    }

    [Fact]
    public async Task Account_IsKeptAsItWasMade()
    {
        DateTimeOffset now = _time.GetUtcNow();
        IssuedSecret issued = await CreateAsync(new NewServiceAccount("Zahlung ✓", "acme", ["b", "a", "b"], now.AddDays(1)));
        ServiceAccount account = issued.Account;
        Assert.Equal(("Zahlung ✓", "acme", now, now.AddDays(1)), (account.Name, account.Tenant, account.Created, account.Expires));
        Assert.Equal(["b", "a"], account.Scopes);
        Assert.Null(account.Revoked ?? account.LastUsed ?? account.PreviousSecretUntil);
        Assert.Matches("^svc_[0-9a-f]{32}$", account.ClientId);
        Assert.Matches("^hgs_[A-Za-z0-9_-]{43}$", issued.Secret);
        Assert.DoesNotContain(issued.Secret, issued.ToString(), StringComparison.Ordinal);

        ServiceAccount? found = await _accounts.FindAsync(account.ClientId, Stop);
        Assert.Equal(account with { Scopes = [] }, found! with { Scopes = [] });
        Assert.Null(await _accounts.FindAsync("svc_nobody", Stop));

        IssuedSecret plain = await CreateAsync(new NewServiceAccount("plain", null, [], null));
        Assert.Empty(plain.Account.Scopes);
        Assert.Null(plain.Account.Tenant ?? plain.Account.Expires?.ToString());
    }

    [Fact]
    public async Task Secret_IsNotInTheStore()
    {
        IssuedSecret issued = await CreateAsync();
        IReadOnlyList<byte[]> kept = await _store.Store.ReadAsync(session => session.ListAsync("SELECT secret_digest FROM headgate_service_accounts", row => row.GetBytes(0)), Stop);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(issued.Secret)), Assert.Single(kept));
    }

    [Fact]
    public async Task List_IsInTheOrderOfMaking_AndGoesOnWhereItEnded()
    {
        var made = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            made.Add((await CreateAsync()).Account.ClientId);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(made[..2], (await _accounts.ListAsync("", 2, Stop)).Select(account => account.ClientId));
        Assert.Equal(made[2..], (await _accounts.ListAsync(made[1], 10, Stop)).Select(account => account.ClientId));
        Assert.Empty(await _accounts.ListAsync(made[^1], 10, Stop));
    }

    [Fact]
    public async Task Rotation_KeepsOneSecretBefore()
    {
        IssuedSecret first = await CreateAsync();
        string id = first.Account.ClientId;
        IssuedSecret? second = await _accounts.RotateAsync(id, TimeSpan.FromHours(2), Stop);
        Assert.Equal(_time.GetUtcNow().AddHours(2), second!.Account.PreviousSecretUntil);
        Assert.NotEqual(first.Secret, second.Secret);
        Assert.Null(await _accounts.RotateAsync("svc_nobody", TimeSpan.Zero, Stop));

        StoredAccount? stored = await _store.Store.ReadAsync(session => ServiceAccountTable.FindStoredAsync(session, id), Stop);
        Assert.True(ClientSecret.IsOf(stored, first.Secret, _time.GetUtcNow().AddHours(2).AddMilliseconds(-1)));
        Assert.False(ClientSecret.IsOf(stored, first.Secret, _time.GetUtcNow().AddHours(2)));
        Assert.True(ClientSecret.IsOf(stored, second.Secret, DateTimeOffset.MaxValue));
        Assert.False(ClientSecret.IsOf(null, first.Secret, _time.GetUtcNow()));
    }

    [Fact]
    public async Task Revocation_IsForGood_AndSaysWhen()
    {
        string id = (await CreateAsync()).Account.ClientId;
        DateTimeOffset at = _time.GetUtcNow();
        Assert.Equal(at, (await _accounts.RevokeAsync(id, Stop))!.Revoked);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(at, (await _accounts.RevokeAsync(id, Stop))!.Revoked);
        Assert.Null(await _accounts.RotateAsync(id, TimeSpan.Zero, Stop));
        Assert.Null(await _accounts.RevokeAsync("svc_nobody", Stop));
    }

    [Fact]
    public async Task LastUse_IsNotedOnceInAMinute()
    {
        string id = (await CreateAsync()).Account.ClientId;
        DateTimeOffset first = _time.GetUtcNow();
        var table = new ServiceAccountTable(_store.Store, _time);
        await table.NoteUseAsync(id, first, Stop);
        await table.NoteUseAsync(id, first.AddSeconds(59), Stop);
        Assert.Equal(first, (await _accounts.FindAsync(id, Stop))!.LastUsed);
        await table.NoteUseAsync(id, first.AddSeconds(60), Stop);
        Assert.Equal(first.AddSeconds(60), (await _accounts.FindAsync(id, Stop))!.LastUsed);
    }

    [Fact]
    public async Task Keys_AreMadeOnce_HoweverManyAsk()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _accounts.RenewKeysAsync([])));
        SigningKeyReport key = Assert.Single(await _accounts.ListKeysAsync(Stop));
        Assert.Equal((SigningKeyState.Signing, false, null), (key.State, key.Encrypted, key.KeptUntil));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _accounts.RotateKeysAsync(Stop)));
        Assert.Equal(2, (await _accounts.ListKeysAsync(Stop)).Count);
    }

    [Theory]
    [InlineData("", null, "a")]
    [InlineData(" ", null, "a")]
    [InlineData("a\nb", null, "a")]
    [InlineData("ok", "", "a")]
    [InlineData("ok", "a b", "a")]
    [InlineData("ok", null, "")]
    [InlineData("ok", null, "a b")]
    [InlineData("ok", null, "a\"b")]
    [InlineData("ok", null, "ä")]
    public async Task Account_ThatCannotBe_IsNotMade(string name, string? tenant, string scope)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(new NewServiceAccount(name, tenant, [scope], null)));
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(new NewServiceAccount("ok", null, [], _time.GetUtcNow())));
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(new NewServiceAccount("ok", null, [.. Enumerable.Range(0, 65).Select(i => $"s{i}")], null)));
        Assert.Empty(await _accounts.ListAsync("", 10, Stop));
    }

    private Task<IssuedSecret> CreateAsync(NewServiceAccount? wanted = null) => _accounts.CreateAsync(wanted ?? new NewServiceAccount("test", null, [], null), Stop);
}
