using Headgate.Gateway.Policies.Jwt.Keys;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Keys over time: rotation, unknown ids, an issuer that is down, and one that misbehaves.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_staleFor = TimeSpan.FromHours(1);

    private readonly TestIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private readonly RecordingLogger<IssuerKeysDirectory> _log = new();
    private KeyServer _server = null!;
    private IssuerKeysDirectory _directory = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await KeyServer.StartAsync(_issuer.KeySetJson(keyId: "a"));
        _directory = new IssuerKeysDirectory(_time, _log);
    }

    public async ValueTask DisposeAsync()
    {
        _directory.Dispose();
        await _server.DisposeAsync();
        _issuer.Dispose();
    }

    [Fact]
    public async Task Keys_ThatAreNeeded_AreReadOnceForAllWhoWait()
    {
        IssuerKeys keys = Keys();
        _server.Gate = new TaskCompletionSource();
        Task[] waiting = [.. Enumerable.Range(0, 20).Select(_ => keys.EnsureAsync())];
        Assert.Null(keys.Usable(_time.GetUtcNow()));
        _server.Gate.SetResult();
        await Task.WhenAll(waiting);

        Assert.Equal("a", Assert.Single(Usable(keys)!.Keys.Keys).KeyId);
        Assert.Equal(1, _server.Requests);
    }

    [Fact]
    public async Task UnknownId_IsAskedForOnce_NotMoreOftenThanTheBound()
    {
        IssuerKeys keys = await ReadAsync();
        Assert.False(await keys.FindAsync("b"));
        Assert.Equal(1, _server.Requests);

        // Ten seconds after the last reading the issuer is asked again: once, for all who wait.
        _time.Advance(IssuerKeys.LeastBetweenRefetches);
        _server.Keys = _issuer.KeySetJson(keyId: "b");
        bool[] found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => keys.FindAsync("b")));
        Assert.All(found, Assert.True);
        Assert.Equal(2, _server.Requests);
    }

    [Fact]
    public async Task UnknownId_ThatTheIssuerDoesNotHave_IsRememberedForAWhile()
    {
        IssuerKeys keys = await ReadAsync();
        _time.Advance(IssuerKeys.LeastBetweenRefetches);
        Assert.False(await keys.FindAsync("forged"));
        Assert.Equal(2, _server.Requests);

        _time.Advance(IssuerKeys.LeastBetweenRefetches);
        Assert.False(await keys.FindAsync("forged"));
        Assert.Equal(2, _server.Requests);
        Assert.False(await keys.FindAsync("another"));
        Assert.Equal(3, _server.Requests);

        _time.Advance(UnknownKeyIds.RememberedFor);
        Assert.False(await keys.FindAsync("forged"));
        Assert.Equal(4, _server.Requests);
    }

    [Fact]
    public void UnknownIds_BeyondTheBound_AreForgotten()
    {
        var ids = new UnknownKeyIds();
        DateTimeOffset now = _time.GetUtcNow();
        for (int i = 0; i < UnknownKeyIds.Most; i++)
            ids.Add($"{i}", now);
        Assert.True(ids.Contains("0", now));
        ids.Add("one more", now);
        Assert.False(ids.Contains("0", now));
        Assert.True(ids.Contains("one more", now));
    }

    [Fact]
    public async Task RemovedKey_IsGone_AfterTheNextReading()
    {
        IssuerKeys keys = await ReadAsync();
        _server.Keys = _issuer.KeySetJson(keyId: "b");

        _time.Advance(s_refresh - TimeSpan.FromSeconds(1));
        Assert.Null(keys.RefreshWhenDue());
        _time.Advance(TimeSpan.FromSeconds(1));
        await keys.RefreshWhenDue()!;

        Assert.False(Usable(keys)!.Keys.Has("a"));
        Assert.True(Usable(keys)!.Keys.Has("b"));
    }

    [Fact]
    public async Task Keys_OfAnIssuerThatIsDown_AreUsedUntilTheCap()
    {
        IssuerKeys keys = await ReadAsync();
        _server.Status = 500;
        _time.Advance(s_staleFor);
        await keys.RefreshWhenDue()!;
        Assert.NotNull(Usable(keys));
        Assert.Contains(_log.Messages, message => message.Contains("are used until", StringComparison.Ordinal));

        _time.Advance(TimeSpan.FromSeconds(2));
        await keys.RefreshWhenDue()!;
        Assert.Null(Usable(keys));
        Assert.Contains(_log.Messages, message => message.Contains("answered with 503", StringComparison.Ordinal));

        _server.Status = 200;
        _time.Advance(IssuerKeys.LongestBackoff);
        await keys.RefreshWhenDue()!;
        Assert.NotNull(Usable(keys));
    }

    [Fact]
    public async Task Readings_OfAnIssuerThatIsDown_ComeEverMoreSeldom()
    {
        IssuerKeys keys = await ReadAsync();
        _server.Status = 503;
        _time.Advance(s_refresh);
        await keys.RefreshWhenDue()!;
        for (int seconds = 2; seconds <= 32; seconds *= 2)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Null(keys.RefreshWhenDue());
            _time.Advance(TimeSpan.FromSeconds(1));
            await keys.RefreshWhenDue()!;
        }

        _time.Advance(IssuerKeys.LongestBackoff);
        Assert.NotNull(keys.RefreshWhenDue());
    }

    [Fact]
    public async Task SameKeys_ReadAgain_StayTheSameGeneration()
    {
        IssuerKeys keys = await ReadAsync();
        KeySet before = Usable(keys)!.Keys;
        _server.Keys = " " + _server.Keys;
        _time.Advance(s_refresh);
        await keys.RefreshWhenDue()!;

        Assert.Equal(2, _server.Requests);
        Assert.Same(before, Usable(keys)!.Keys);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(204)]
    public async Task Answer_ThatIsNoKeySet_IsNone(int status)
    {
        _server.Status = status;
        IssuerKeys keys = Keys();
        await keys.EnsureAsync();

        Assert.Null(Usable(keys));
        Assert.Equal(1, _server.Requests);
        Assert.Contains(_log.Messages, message => message.Contains($"answered {status}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[],"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg"}]}""")]
    public async Task KeySet_WithoutAUsableKey_IsNone(string json)
    {
        _server.Keys = json;
        IssuerKeys keys = Keys();
        await keys.EnsureAsync();
        Assert.Null(Usable(keys));
    }

    [Fact]
    public async Task KeySet_LargerThanTheBound_IsNone()
    {
        _server.Keys = _issuer.KeySetJson(more: "," + new string(' ', KeyFetcher.MostBytes) + _issuer.KeyJson("ES256", "e"));
        IssuerKeys keys = Keys();
        await keys.EnsureAsync();
        Assert.Null(Usable(keys));
    }

    [Fact]
    public async Task KeySet_WithMoreKeysThanTheBound_IsNone()
    {
        _server.Keys = $$"""{"keys":[{{string.Join(',', Enumerable.Range(0, KeySetReader.MostKeys + 1).Select(i => _issuer.KeyJson("ES256", $"{i}")))}}]}""";
        IssuerKeys keys = Keys();
        await keys.EnsureAsync();
        Assert.Null(Usable(keys));
    }

    [Fact]
    public async Task Discovery_FindsTheKeysAndTheIssuersName()
    {
        string issuer = _server.Url.ToString().TrimEnd('/');
        _server.Configuration = $$"""{"issuer":"{{issuer}}","jwks_uri":"{{_server.KeysUrl}}"}""";
        IssuerKeys keys = _directory.Get(KeyOrigin.OfIssuer(issuer, new()));
        await keys.EnsureAsync();

        Assert.Equal(issuer, Usable(keys)!.Fetched.Issuer);
        Assert.True(Usable(keys)!.Keys.Has("a"));
    }

    // OpenID Connect Discovery 1.0 §4.1: the address of the configuration leaves a slash at the issuer's end out.
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Discovery_AtTheConfigurationsAddress_TakesTheIssuerAsItIsWritten(string end)
    {
        string issuer = _server.Url.ToString().TrimEnd('/');
        _server.Configuration = $$"""{"issuer":"{{issuer}}{{end}}","jwks_uri":"{{_server.KeysUrl}}"}""";
        IssuerKeys keys = _directory.Get(KeyOrigin.OfConfiguration($"{issuer}/.well-known/openid-configuration", null, new()));
        await keys.EnsureAsync();
        Assert.Equal(issuer + end, Usable(keys)!.Fetched.Issuer);
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.example","jwks_uri":"KEYS"}""")]
    [InlineData("""{"issuer":"ISSUER/other","jwks_uri":"KEYS"}""")]
    [InlineData("""{"jwks_uri":"KEYS"}""")]
    [InlineData("""{"issuer":"ISSUER"}""")]
    [InlineData("""{"issuer":"ISSUER","jwks_uri":"http://idp.example/keys"}""")]
    [InlineData("""{"issuer":"ISSUER","jwks_uri":"file:///etc/passwd"}""")]
    [InlineData("not json")]
    public async Task Discovery_OfAnother_IsNone(string configuration)
    {
        string issuer = _server.Url.ToString().TrimEnd('/');
        _server.Configuration = configuration.Replace("KEYS", _server.KeysUrl, StringComparison.Ordinal).Replace("ISSUER", issuer, StringComparison.Ordinal);
        IssuerKeys keys = _directory.Get(KeyOrigin.OfConfiguration($"{issuer}/.well-known/openid-configuration", null, new()));
        await keys.EnsureAsync();
        Assert.Null(Usable(keys));
    }

    [Fact]
    public async Task File_ThatChanges_IsReadAnew_AndOneThatBreaksKeepsItsKeys()
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, _issuer.KeySetJson("HS256", "secret"));
            IssuerKeys keys = _directory.Get(new KeyOrigin(KeyOriginKind.File, path, null, s_refresh, s_staleFor));
            Assert.Null(keys.ReadNow());
            Assert.True(Usable(keys)!.Keys.Has("secret"));

            await File.WriteAllTextAsync(path, _issuer.KeySetJson(keyId: "b"));
            _time.Advance(TimeSpan.FromSeconds(2));
            await keys.RefreshWhenDue()!;
            Assert.True(Usable(keys)!.Keys.Has("b"));

            await File.WriteAllTextAsync(path, "{");
            _time.Advance(TimeSpan.FromSeconds(2));
            await keys.RefreshWhenDue()!;
            Assert.True(Usable(keys)!.Keys.Has("b"));
            Assert.NotNull(keys.ReadNow());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Directory_KeepsWhatIsUsed_AndReadsItWhenDue()
    {
        IssuerKeys keys = await ReadAsync();
        _directory.Keep(new HashSet<IssuerKeys> { keys });
        Assert.Same(keys, Keys());
        _directory.Keep(new HashSet<IssuerKeys>());
        Assert.NotSame(keys, Keys());

        using var stop = new CancellationTokenSource();
        Task running = _directory.RunAsync(stop.Token);
        await Keys().EnsureAsync();
        Assert.NotNull(Usable(Keys()));
        await stop.CancelAsync();
        await running;
    }

    private IssuerKeys Keys() => _directory.Get(new KeyOrigin(KeyOriginKind.Address, _server.KeysUrl, null, s_refresh, s_staleFor));

    private KeySnapshot? Usable(IssuerKeys keys) => keys.Usable(_time.GetUtcNow());

    private async Task<IssuerKeys> ReadAsync()
    {
        IssuerKeys keys = Keys();
        await keys.EnsureAsync();
        return keys;
    }
}
