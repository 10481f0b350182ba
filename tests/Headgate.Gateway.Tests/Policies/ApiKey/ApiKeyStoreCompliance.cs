using Headgate.Gateway.Background;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Forwarding;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>Keys are kept, changed and followed alike on both engines, by one process and by several.</summary>
public abstract class ApiKeyStoreCompliance
{
    private readonly ManualTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract Task<StoreLocation> NewLocationAsync();

    [Fact]
    public async Task Key_IsAsItWasMade_AlsoForTheNextProcess()
    {
        StoreLocation location = await NewLocationAsync();
        var draft = new ApiKeyDraft
        {
            Name = "Zulieferer Müller \u2192 'nightly'; DROP TABLE",
            Owner = "robot@acme",
            Tenant = "acme",
            Scopes = ["orders:read", "orders:write"],
            Roles = [new ApiKeyRole("deployer", "team:frontend", ["application:*", "resource:read"]), new ApiKeyRole("reader", null, [])],
            ExpiresAt = _time.GetUtcNow().AddDays(90),
        };
        IssuedApiKey made;
        await using (KeyStore first = await KeyStore.OpenAsync(_time, location))
            made = await first.CreateAsync(draft);

        await using KeyStore second = await KeyStore.OpenAsync(_time, location);
        ApiKeyRecord found = (await second.Directory.FindAsync(made.Key.Id, Stop))!;
        Assert.Equivalent(made.Key, found, strict: true);
        Assert.Equal((draft.Name, draft.Owner, draft.Tenant, draft.ExpiresAt), (found.Name, found.Owner, found.Tenant, found.ExpiresAt));
        Assert.Equal(draft.Scopes, found.Scopes);
        Assert.Equivalent(draft.Roles, found.Roles, strict: true);
        Assert.Equal((_time.GetUtcNow(), $"hgk_{found.Id}", ApiKeyState.Active), (found.CreatedAt, found.Prefix, found.StateAt(_time.GetUtcNow())));
        Assert.Equal(ApiKeyVerdict.Holds, Check(second, made.Text));
    }

    [Fact]
    public async Task Rotation_HasBothSecretsHold_UntilTheStatedTime()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        IssuedApiKey first = await keys.CreateAsync();
        IssuedApiKey second = (await keys.Directory.RotateAsync(first.Key.Id, TimeSpan.FromHours(1), Stop))!;

        Assert.Equal((first.Key.Id, _time.GetUtcNow(), _time.GetUtcNow().AddHours(1)), (second.Key.Id, second.Key.RotatedAt, second.Key.PreviousUntil));
        Assert.Equal((ApiKeyVerdict.Holds, ApiKeyVerdict.Holds), (Check(keys, first.Text), Check(keys, second.Text)));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ApiKeyVerdict.Holds, Check(keys, first.Text));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((ApiKeyVerdict.Replaced, ApiKeyVerdict.Holds), (Check(keys, first.Text), Check(keys, second.Text)));
    }

    [Fact]
    public async Task Rotation_OfARotatedKey_EndsTheOldestSecretAtOnce()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        IssuedApiKey first = await keys.CreateAsync();
        IssuedApiKey second = (await keys.Directory.RotateAsync(first.Key.Id, TimeSpan.FromHours(1), Stop))!;
        IssuedApiKey third = (await keys.Directory.RotateAsync(first.Key.Id, TimeSpan.Zero, Stop))!;

        Assert.Equal((ApiKeyVerdict.Unknown, ApiKeyVerdict.Replaced, ApiKeyVerdict.Holds), (Check(keys, first.Text), Check(keys, second.Text), Check(keys, third.Text)));
    }

    [Fact]
    public async Task Key_ThatHasEnded_IsNeitherRotatedNorRevokedAgain()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        IssuedApiKey revoked = await keys.CreateAsync();
        IssuedApiKey expired = await keys.CreateAsync(new ApiKeyDraft { Name = "short", ExpiresAt = _time.GetUtcNow().AddMinutes(1) });
        Assert.Equal(_time.GetUtcNow(), (await keys.Directory.RevokeAsync(revoked.Key.Id, Stop))!.RevokedAt);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((ApiKeyVerdict.Unknown, ApiKeyVerdict.Expired), (Check(keys, revoked.Text), Check(keys, expired.Text)));
        Assert.Null(await keys.Directory.RevokeAsync(revoked.Key.Id, Stop));
        Assert.Null(await keys.Directory.RotateAsync(revoked.Key.Id, TimeSpan.FromDays(1), Stop));
        Assert.Null(await keys.Directory.RotateAsync(expired.Key.Id, TimeSpan.FromDays(1), Stop));
        Assert.Null(await keys.Directory.RevokeAsync("000000000000", Stop));
        Assert.Equal(ApiKeyState.Revoked, (await keys.Directory.FindAsync(revoked.Key.Id, Stop))!.StateAt(_time.GetUtcNow()));
    }

    [Fact]
    public async Task Change_ByOneProcess_ReachesTheOther_WithItsNextReading()
    {
        StoreLocation location = await NewLocationAsync();
        await using KeyStore one = await KeyStore.OpenAsync(_time, location);
        await using KeyStore other = await KeyStore.OpenAsync(_time, location);
        IssuedApiKey made = await one.CreateAsync();
        Assert.Equal((ApiKeyVerdict.Holds, ApiKeyVerdict.Unknown), (Check(one, made.Text), Check(other, made.Text)));
        await other.Directory.ReadAsync(Stop);
        Assert.Equal(ApiKeyVerdict.Holds, Check(other, made.Text));

        await one.Directory.RevokeAsync(made.Key.Id, Stop);
        Assert.Equal((ApiKeyVerdict.Unknown, ApiKeyVerdict.Holds), (Check(one, made.Text), Check(other, made.Text)));
        await other.Directory.ReadAsync(Stop);
        Assert.Equal(ApiKeyVerdict.Unknown, Check(other, made.Text));
    }

    [Fact]
    public async Task Revocation_ByOneProcess_IsEffectiveInTheOther_AfterOneInterval()
    {
        var timers = new SteppedTimers();
        StoreLocation location = await NewLocationAsync();
        await using KeyStore one = await KeyStore.OpenAsync(_time, location);
        IssuedApiKey made = await one.CreateAsync();
        await using KeyStore other = await KeyStore.OpenAsync(timers, location);
        await using var background = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        other.Directory.Begin(background);
        await one.Directory.RevokeAsync(made.Key.Id, Stop);
        timers.Advance(ApiKeyDirectory.ReadEvery - TimeSpan.FromMilliseconds(1));
        Assert.Equal(ApiKeyVerdict.Holds, Check(other, made.Text));

        timers.Advance(TimeSpan.FromMilliseconds(1));
        await Telemetry.Condition.HoldsAsync(() => Check(other, made.Text) == ApiKeyVerdict.Unknown, Stop);
        await background.StopAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), ApiKeyDirectory.ReadEvery);
    }

    [Fact]
    public async Task Stop_WritesDownTheLastUses()
    {
        StoreLocation location = await NewLocationAsync();
        await using (KeyStore keys = await KeyStore.OpenAsync(_time, location))
        {
            IssuedApiKey made = await keys.CreateAsync();
            await using var background = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
            keys.Directory.Begin(background);
            Use(keys, made);
            await background.StopAsync();
        }

        await using KeyStore next = await KeyStore.OpenAsync(_time, location);
        Assert.Equal(_time.GetUtcNow(), Assert.Single(await next.Directory.ListAsync(new ApiKeyQuery(), Stop)).LastUsedAt);
    }

    [Fact]
    public async Task Changes_OfSeveralProcessesAtOnce_AreAllSeenByEach()
    {
        StoreLocation location = await NewLocationAsync();
        await using KeyStore one = await KeyStore.OpenAsync(_time, location);
        await using KeyStore other = await KeyStore.OpenAsync(_time, location);
        using var reading = new CancellationTokenSource();
        Task follow = Task.WhenAll(ReadUntilAsync(one, reading.Token), ReadUntilAsync(other, reading.Token));
        IssuedApiKey[] made = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            KeyStore keys = i % 2 == 0 ? one : other;
            IssuedApiKey key = await keys.CreateAsync();
            if (i % 4 < 2)
                await keys.Directory.RevokeAsync(key.Key.Id, Stop);
            return key;
        }));
        await reading.CancelAsync();
        await follow;

        await one.Directory.ReadAsync(Stop);
        await other.Directory.ReadAsync(Stop);
        for (int i = 0; i < made.Length; i++)
        {
            ApiKeyVerdict wanted = i % 4 < 2 ? ApiKeyVerdict.Unknown : ApiKeyVerdict.Holds;
            Assert.Equal((wanted, wanted), (Check(one, made[i].Text), Check(other, made[i].Text)));
        }
    }

    [Fact]
    public async Task Keys_OfMoreThanOnePage_AreAllRead()
    {
        StoreLocation location = await NewLocationAsync();
        const int keys = (2 * ApiKeyTable.MostAtOnce) + 1;
        await using KeyStore one = await KeyStore.OpenAsync(_time, location);
        await one.Store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync($"""
                    INSERT INTO headgate_api_keys (id, name, scopes, roles, created_at, secret, version)
                    WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {keys}) SELECT 'key-' || i, 'many', '', '[]', 0, $1, i FROM numbers
                    """, new byte[32]);
                return await session.ExecuteAsync($"UPDATE headgate_api_key_versions SET last = {keys}");
            },
            Stop);
        await using KeyStore other = await KeyStore.OpenAsync(_time, location);

        Assert.Equal(keys, other.Directory.Known.Count);
        Assert.NotNull(other.Directory.Known.Find($"key-{keys}"));
    }

    [Fact]
    public async Task OlderCopy_OfTheStore_IsReadFromItsBeginning()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        IssuedApiKey kept = await keys.CreateAsync();
        IssuedApiKey lost = await keys.CreateAsync();
        await keys.Directory.ReadAsync(Stop);
        await keys.Store.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM headgate_api_keys WHERE id = $1", lost.Key.Id);
                return await session.ExecuteAsync("UPDATE headgate_api_key_versions SET last = 1");
            },
            Stop);
        await keys.Directory.ReadAsync(Stop);

        Assert.Equal((ApiKeyVerdict.Holds, ApiKeyVerdict.Unknown), (Check(keys, kept.Text), Check(keys, lost.Text)));
    }

    [Fact]
    public async Task List_ShowsKeysInTheirOrder_PageByPage_OfOneTenantOrOwner()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        var made = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            made.Add((await keys.CreateAsync(new ApiKeyDraft { Name = $"{i}", Tenant = i % 2 == 0 ? "even" : "odd", Owner = i < 3 ? "ann" : null })).Key.Id);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await keys.Directory.RevokeAsync(made[4], Stop);
        Assert.Equal("0 1 2 3 5", await NamesAsync(keys, new ApiKeyQuery()));
        Assert.Equal("0 1 2 3 4 5", await NamesAsync(keys, new ApiKeyQuery { EndedToo = true }));
        Assert.Equal("0 2", await NamesAsync(keys, new ApiKeyQuery { Tenant = "even" }));
        Assert.Equal("1", await NamesAsync(keys, new ApiKeyQuery { Tenant = "odd", Owner = "ann" }));

        // Keys of one moment, so that a page ends between them.
        for (int i = 6; i < 10; i++)
            await keys.CreateAsync(new ApiKeyDraft { Name = $"{i}" });
        string paged = "";
        string? after = null;
        while (await keys.Directory.ListAsync(new ApiKeyQuery { After = after, Limit = 2 }, Stop) is { Count: > 0 and <= 2 } page)
        {
            paged += string.Concat(page.Select(key => key.Name + " "));
            after = page[^1].Id;
        }

        Assert.Equal(await NamesAsync(keys, new ApiKeyQuery()), paged.TrimEnd());
        Assert.Equal("", await NamesAsync(keys, new ApiKeyQuery { After = "000000000000" }));
    }

    [Fact]
    public async Task LastUse_IsTheLatestOfAnyProcess_AndOutlivesRotation()
    {
        StoreLocation location = await NewLocationAsync();
        await using KeyStore one = await KeyStore.OpenAsync(_time, location);
        IssuedApiKey made = await one.CreateAsync();
        await using KeyStore other = await KeyStore.OpenAsync(_time, location);
        Assert.Null((await one.Directory.FindAsync(made.Key.Id, Stop))!.LastUsedAt);

        DateTimeOffset early = _time.GetUtcNow();
        Use(other, made);
        _time.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset late = _time.GetUtcNow();
        Use(one, made);
        Assert.Equal(late, (await one.Directory.FindAsync(made.Key.Id, Stop))!.LastUsedAt);
        await one.Directory.RotateAsync(made.Key.Id, TimeSpan.Zero, Stop);
        await one.Directory.WriteUsesAsync(Stop);
        await other.Directory.WriteUsesAsync(Stop);

        Assert.True(early < late);
        await using KeyStore third = await KeyStore.OpenAsync(_time, location);
        Assert.Equal(late, (await third.Directory.FindAsync(made.Key.Id, Stop))!.LastUsedAt);
        Assert.Null(one.Directory.Known.Find(made.Key.Id)!.UnwrittenUse);
    }

    [Fact]
    public async Task EndedKeys_AreDeleted_OnceTheirTimeIsOver()
    {
        await using KeyStore keys = await KeyStore.OpenAsync(_time, await NewLocationAsync());
        IssuedApiKey revoked = await keys.CreateAsync();
        IssuedApiKey expired = await keys.CreateAsync(new ApiKeyDraft { Name = "short", ExpiresAt = _time.GetUtcNow().AddMinutes(1) });
        IssuedApiKey living = await keys.CreateAsync();
        await keys.Directory.RevokeAsync(revoked.Key.Id, Stop);
        _time.Advance(TimeSpan.FromDays(ApiKeyUses.EndedKeptForDays));
        await keys.Directory.WriteUsesAsync(Stop);
        Assert.Equal(3, (await keys.Directory.ListAsync(new ApiKeyQuery { EndedToo = true }, Stop)).Count);
        Assert.Null(keys.Directory.Known.Find(expired.Key.Id));

        _time.Advance(TimeSpan.FromMinutes(2));
        await keys.Directory.WriteUsesAsync(Stop);
        Assert.Equal(living.Key.Id, Assert.Single(await keys.Directory.ListAsync(new ApiKeyQuery { EndedToo = true }, Stop)).Id);
    }

    private ApiKeyVerdict Check(KeyStore keys, string text)
    {
        Assert.True(ApiKeyText.TryReadId(text, out ReadOnlySpan<char> id));
        return keys.Directory.Known.Find(id)?.Check(ApiKeyDigest.Of(text), _time.GetUtcNow().ToUnixTimeMilliseconds()) ?? ApiKeyVerdict.Unknown;
    }

    private void Use(KeyStore keys, IssuedApiKey key) => keys.Directory.Known.Find(key.Key.Id)!.Use(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private static async Task<string> NamesAsync(KeyStore keys, ApiKeyQuery query) => string.Join(' ', (await keys.Directory.ListAsync(query, Stop)).Select(key => key.Name));

    private static async Task ReadUntilAsync(KeyStore keys, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await keys.Directory.ReadAsync(Stop);
    }
}
