using Headgate.Gateway.ServiceAccounts;
using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.Storage;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Signing keys over time, through the gateway: when they are made, sign, are published, and go.</summary>
public class SigningKeyTests
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(6);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsPublishedBeforeItSigns_AndAfterItSigned()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(options: new ServiceAccountOptions { KeyLifetime = TimeSpan.FromDays(1), TokenLifetime = TimeSpan.FromHours(1) });
        IssuedSecret secret = await gateway.CreateAsync();
        string first = KeyIdOf(await gateway.TokenAsync(secret));
        Assert.Equal([first], await PublishedAsync(gateway));

        // Ten minutes before its day is over the next one is there; nothing signs with it yet.
        gateway.Time.Advance(TimeSpan.FromDays(1) - SigningKeySchedule.Lead);
        string[] both = await PublishedAsync(gateway);
        Assert.Equal(first, Assert.Single(both, id => id == first));
        string second = Assert.Single(both, id => id != first);
        string lastOfFirst = await gateway.TokenAsync(secret);
        Assert.Equal(first, KeyIdOf(lastOfFirst));

        gateway.Time.Advance(SigningKeySchedule.Lead - s_moment);
        lastOfFirst = await gateway.TokenAsync(secret);
        Assert.Equal(first, KeyIdOf(lastOfFirst));
        gateway.Time.Advance(s_moment);
        Assert.Equal(second, KeyIdOf(await gateway.TokenAsync(secret)));

        // The last token that the first signed lives to its end, the key a little longer.
        gateway.Time.Advance(TimeSpan.FromHours(1) - s_moment - s_moment);
        Assert.Equal(200, await gateway.StatusAsync("/read", lastOfFirst));
        gateway.Time.Advance(SigningKeySchedule.Overlap - TimeSpan.FromHours(1));
        Assert.Equal(2, (await PublishedAsync(gateway)).Length);
        gateway.Time.Advance(s_moment + s_moment);
        Assert.Equal([second], await PublishedAsync(gateway));
    }

    [Fact]
    public async Task Rotation_OnRequest_WaitsUntilEverybodyHasTheKey_AndIsNotRepeatedMeanwhile()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        IssuedSecret secret = await gateway.CreateAsync();
        string first = KeyIdOf(await gateway.TokenAsync(secret));
        IReadOnlyList<SigningKeyReport> keys = await gateway.Accounts.RotateKeysAsync(Stop);
        Assert.Equal([SigningKeyState.Signing, SigningKeyState.Next], keys.Select(key => key.State));
        Assert.Equal(keys.Select(key => key.KeyId), (await gateway.Accounts.RotateKeysAsync(Stop)).Select(key => key.KeyId));
        Assert.Equal(keys.Select(key => key.KeyId), await PublishedAsync(gateway));
        Assert.Equal(first, KeyIdOf(await gateway.TokenAsync(secret)));

        gateway.Time.Advance(SigningKeySchedule.Lead);
        Assert.Equal(keys[1].KeyId, KeyIdOf(await gateway.TokenAsync(secret)));
        Assert.Equal([SigningKeyState.Retiring, SigningKeyState.Signing], (await gateway.Accounts.ListKeysAsync(Stop)).Select(key => key.State));
        Assert.Equal(gateway.Time.GetUtcNow() + SigningKeySchedule.Overlap, (await gateway.Accounts.ListKeysAsync(Stop))[0].KeptUntil);
    }

    [Fact]
    public async Task Removal_TakesTheTokensOfTheKeyBackAtOnce_AndAnotherSigns()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        IssuedSecret secret = await gateway.CreateAsync();
        string token = await gateway.TokenAsync(secret);
        Assert.Equal(200, await gateway.StatusAsync("/read", token));

        IReadOnlyList<SigningKeyReport>? left = await gateway.Accounts.RemoveKeyAsync(KeyIdOf(token), Stop);
        Assert.Equal(SigningKeyState.Signing, Assert.Single(left!).State);
        Assert.Equal(401, await gateway.StatusAsync("/read", token));
        Assert.Equal(left!.Select(key => key.KeyId), await PublishedAsync(gateway));
        string next = await gateway.TokenAsync(secret);
        Assert.Equal(left![0].KeyId, KeyIdOf(next));
        Assert.Equal(200, await gateway.StatusAsync("/read", next));
        Assert.Null(await gateway.Accounts.RemoveKeyAsync(KeyIdOf(token), Stop));
    }

    [Fact]
    public async Task Removal_WhileTheNextKeyWaits_HasItSignAtOnce()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync();
        IssuedSecret secret = await gateway.CreateAsync();
        string first = KeyIdOf(await gateway.TokenAsync(secret));
        string next = (await gateway.Accounts.RotateKeysAsync(Stop))[1].KeyId;
        await gateway.Accounts.RemoveKeyAsync(first, Stop);
        Assert.Equal(next, KeyIdOf(await gateway.TokenAsync(secret)));
    }

    [Fact]
    public async Task Keys_AreEncrypted_WhereThereIsASecret()
    {
        var options = new ServiceAccountOptions { KeySecret = new string('s', ServiceAccountOptions.ShortestKeySecret) };
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(options: options);
        IssuedSecret secret = await gateway.CreateAsync();
        Assert.Equal(200, await gateway.StatusAsync("/read", await gateway.TokenAsync(secret)));
        Assert.True(Assert.Single(await gateway.Accounts.ListKeysAsync(Stop)).Encrypted);
        byte[] kept = (await gateway.Store.ReadAsync(SigningKeyTable.ListAsync, Stop))[0].PrivateKey;
        using var key = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => key.ImportPkcs8PrivateKey(kept, out _));
    }

    // Two instances that were given different secrets: each signs with what it can read, and each knows the keys of both.
    [Fact]
    public async Task Keys_UnderAnotherSecret_ArePublishedAndNotSignedWith()
    {
        await using AccountsGateway gateway = await AccountsGateway.StartAsync(options: new ServiceAccountOptions { KeySecret = new string('a', 32) });
        IssuedSecret secret = await gateway.CreateAsync();
        string token = await gateway.TokenAsync(secret);
        SigningKey foreign = SigningKeyMaker.Make(new KeyProtection(new string('b', 32)), gateway.Time.GetUtcNow()) with { SignsFrom = gateway.Time.GetUtcNow() };
        await gateway.Store.WriteAsync(session => SigningKeyTable.AddAsync(session, foreign), Stop);
        gateway.Time.Advance(s_moment);

        Assert.Equal(KeyIdOf(token), KeyIdOf(await gateway.TokenAsync(secret)));
        Assert.Contains(foreign.KeyId, await PublishedAsync(gateway));
    }

    private static string KeyIdOf(string token) => TokenEndpointTests.Read(token).Header.GetProperty("kid").GetString()!;

    // What the background does every five seconds, done now.
    private static async Task<string[]> PublishedAsync(AccountsGateway gateway)
    {
        await gateway.Accounts.ReadAnewAsync();
        System.Text.Json.JsonElement set = await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<System.Text.Json.JsonElement>(gateway.Gateway.Client, "/.well-known/jwks.json", Stop);
        return [.. set.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }
}
