using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Two instances on one PostgreSQL database and under one name: accounts, keys and revocations of one are the other's.</summary>
public sealed class InstancesTests(SharedCluster cluster) : IAsyncLifetime
{
    private static readonly ServiceAccountOptions s_options = new() { Issuer = new Uri("https://api.example"), SharesStore = true };

    private readonly ManualTime _time = new();
    private AccountsGateway _one = null!;
    private AccountsGateway _other = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        StoreLocation database = await cluster.NewDatabaseAsync();
        _one = await AccountsGateway.StartAsync(options: s_options, location: database, time: _time);
        _other = await AccountsGateway.StartAsync(options: s_options, location: database, time: _time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
            await _one.DisposeAsync();
        if (_other is not null)
            await _other.DisposeAsync();
    }

    [Fact]
    public async Task Token_OfOne_HoldsAtTheOther()
    {
        IssuedSecret secret = await _one.CreateAsync(tenant: "acme");
        string[] tokens = [await _one.TokenAsync(secret), await _other.TokenAsync(secret)];
        foreach (string token in tokens)
        {
            Assert.Equal(200, await _one.StatusAsync("/read", token));
            Assert.Equal(200, await _other.StatusAsync("/read", token));
        }
    }

    // Each asks for the first key at once: one is made.
    [Fact]
    public async Task Keys_MadeAtOnce_AreOneKey()
    {
        IssuedSecret secret = await _one.CreateAsync();
        string[] tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? _one : _other).TokenAsync(secret)));
        Assert.Single(await _one.Accounts.ListKeysAsync(Stop));
        Assert.Single(tokens.Select(token => TokenEndpointTests.Read(token).Header.GetProperty("kid").GetString()).Distinct());
    }

    [Fact]
    public async Task Rotation_ReachesTheOther_BeforeTheKeySigns()
    {
        IssuedSecret secret = await _one.CreateAsync();
        Assert.Equal(200, await _other.StatusAsync("/read", await _one.TokenAsync(secret)));
        string next = (await _one.Accounts.RotateKeysAsync(Stop))[1].KeyId;

        // The other reads every five seconds; the key signs after ten minutes.
        await _other.Accounts.ReadAnewAsync();
        _time.Advance(SigningKeySchedule.Lead);
        string token = await _one.TokenAsync(secret);
        Assert.Equal(next, TokenEndpointTests.Read(token).Header.GetProperty("kid").GetString());
        Assert.Equal(200, await _other.StatusAsync("/read", token));
        Assert.Equal(next, TokenEndpointTests.Read(await _other.TokenAsync(secret)).Header.GetProperty("kid").GetString());
    }

    // A key that signs without having waited, after another was removed, is asked for when its first token comes.
    [Fact]
    public async Task KeyThatTheOtherDoesNotKnow_IsReadWhenATokenNamesIt()
    {
        IssuedSecret secret = await _one.CreateAsync();
        string before = await _one.TokenAsync(secret);
        Assert.Equal(200, await _other.StatusAsync("/read", before));
        _time.Advance(TimeSpan.FromSeconds(11));
        await _one.Accounts.RemoveKeyAsync(TokenEndpointTests.Read(before).Header.GetProperty("kid").GetString()!, Stop);

        Assert.Equal(200, await _other.StatusAsync("/read", await _one.TokenAsync(secret)));
        Assert.Equal(401, await _other.StatusAsync("/read", before));
    }

    [Fact]
    public async Task Revocation_IsKnownToTheOther_WhenItReadsNext()
    {
        IssuedSecret secret = await _one.CreateAsync();
        string token = await _one.TokenAsync(secret);
        Assert.Equal(200, await _other.StatusAsync("/read", token));
        await _one.Accounts.RevokeAsync(secret.Account.ClientId, Stop);
        Assert.Equal(401, await _one.StatusAsync("/read", token));
        using HttpResponseMessage refused = await _other.AskAsync(secret);
        Assert.Equal(401, (int)refused.StatusCode);

        await _other.Accounts.ReadAnewAsync();
        Assert.Equal(401, await _other.StatusAsync("/read", token));
    }
}
