using System.Net.Http.Json;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>What an attacker sends: each is refused, learns nothing, costs no look-up in the store, and leaves no secret behind.</summary>
public sealed class HostileApiKeyTests : IAsyncLifetime
{
    private const string Unknown = "The API key is unknown or was revoked.";
    private const string Malformed = "This is no API key of this gateway.";

    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        security: [{ key: [] }]
        paths:
          /mine: { get: { operationId: mine, responses: { "200": { description: ok } } } }
          /query: { get: { operationId: query, security: [{ inQuery: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { header: X-Old-Key } }
            inQuery: { type: apiKey, in: query, name: api_key, x-gateway-api-key: {} }
        """;

    private KeyedGateway _gateway = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await KeyedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task SecretOfOneKey_UnderTheIdOfAnother_IsRefused()
    {
        IssuedApiKey one = await _gateway.CreateAsync();
        IssuedApiKey other = await _gateway.CreateAsync();
        string swapped = WithChecksum($"hgk_{one.Key.Id}_{SecretOf(other)}");
        await RefusedAsync(swapped, Unknown);
        await RefusedAsync(WithChecksum($"hgk_{other.Key.Id}_{SecretOf(one)}"), Unknown);
    }

    [Fact]
    public async Task SecretThatIsNearlyRight_IsRefused()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        string secret = SecretOf(key);
        await RefusedAsync(WithChecksum($"hgk_{key.Key.Id}_{secret[..^1]}{(secret[^1] == 'x' ? 'y' : 'x')}"), Unknown);
        await RefusedAsync(WithChecksum($"hgk_{key.Key.Id}_{(secret[0] == 'x' ? 'y' : 'x')}{secret[1..]}"), Unknown);
        await RefusedAsync(WithChecksum($"hgk_{key.Key.Id}_{secret.ToUpperInvariant()}"), Unknown);
    }

    [Fact]
    public async Task PartsOfAKey_AreRefused()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        await RefusedAsync(key.Key.Prefix, Malformed);
        await RefusedAsync(key.Text[..^6], Malformed);
        await RefusedAsync(key.Text + "0", Malformed);
        await RefusedAsync($"{key.Text}, {key.Text}", Malformed);
        await RefusedAsync($"Bearer {key.Text}", Malformed);
        await RefusedAsync(key.Text.ToUpperInvariant(), Malformed);
    }

    [Fact]
    public async Task KeyThatNobodyMade_IsRefused() => await RefusedAsync(ApiKeyText.New(ApiKeyText.NewId()), Unknown);

    [Fact]
    public async Task RevokedKey_IsRefusedAtOnce_InTheSameWordsAsAnUnknownOne()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));
        await _gateway.Keys.Directory.RevokeAsync(key.Key.Id, Stop);
        await RefusedAsync(key.Text, Unknown);
    }

    [Fact]
    public async Task ExpiredKey_IsRefused_FromTheMomentThatWasSaid()
    {
        IssuedApiKey key = await _gateway.CreateAsync(new ApiKeyDraft { Name = "n", ExpiresAt = _gateway.Time.GetUtcNow().AddMinutes(5) });
        _gateway.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        await RefusedAsync(key.Text, "The API key has expired.");

        // Only who has the secret learns that it is the time.
        await RefusedAsync(WithChecksum($"hgk_{key.Key.Id}_{new string('x', ApiKeyText.SecretLength)}"), Unknown);
    }

    [Fact]
    public async Task ReplacedSecret_IsRefused_OnceItsOverlapIsOver()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        await _gateway.Keys.Directory.RotateAsync(key.Key.Id, TimeSpan.FromMinutes(1), Stop);
        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));
        _gateway.Time.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(key.Text, "The API key was replaced by another.");
    }

    [Fact]
    public async Task KeyInAWrongPlace_IsNoCredential()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        Assert.Equal(401, await _gateway.StatusAsync($"/mine?api_key={key.Text}&X-API-Key={key.Text}", $"Authorization: {key.Text}", $"Cookie: X-API-Key={key.Text}", $"X_API_Key: {key.Text}"));
        Assert.Equal(401, await _gateway.StatusAsync($"/query?API_KEY={key.Text}", $"X-API-Key: {key.Text}", $"api_key: {key.Text}"));
        Assert.Equal(0, _gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData("/mine", "X-API-Key: KEY", "X-API-Key: KEY")]
    [InlineData("/mine", "X-API-Key: KEY", "X-API-Key: sesame")]
    [InlineData("/mine", "X-API-Key: sesame", "X-API-Key: KEY")]
    [InlineData("/mine", "X-API-Key: KEY", "X-Old-Key: KEY")]
    [InlineData("/query?api_key=KEY&api_key=KEY")]
    [InlineData("/query?api_key=KEY&api%5fkey=sesame")]
    public async Task SeveralKeys_AreRefused_WhicheverOfThemHolds(string path, params string[] headers)
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        using RawConnection connection = await RawConnection.ConnectAsync(_gateway.Gateway.Url);
        string fields = string.Concat(headers.Select(header => header + "\r\n"));
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{fields}\r\n".Replace("KEY", key.Text, StringComparison.Ordinal));
        (string answer, _) = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"detail\":\"The request has several API keys.\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OversizedKey_IsRefused()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        await RefusedAsync(key.Text + new string('A', 20_000), Malformed);
        await RefusedAsync(new string('A', 20_000), Malformed);
    }

    [Fact]
    public async Task Guesses_OfAnyNumber_AskTheStoreForNothing()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        await _gateway.Keys.CloseAsync();
        for (int i = 0; i < 50; i++)
        {
            await RefusedAsync(ApiKeyText.New(ApiKeyText.NewId()), Unknown);
            await RefusedAsync(ApiKeyText.New(key.Key.Id), Unknown);
        }

        Assert.Equal(200, await _gateway.StatusAsync("/mine", $"X-API-Key: {key.Text}"));
    }

    [Fact]
    public async Task Refusals_AreTold_UpToABound_WithTheId_AndWithoutASecret()
    {
        IssuedApiKey key = await _gateway.CreateAsync();
        string guess = ApiKeyText.New(key.Key.Id);
        for (int i = 0; i < 30; i++)
            await RefusedAsync(guess, Unknown);
        Assert.Equal(10, _gateway.Log.Messages.Count);
        Assert.All(_gateway.Log.Messages, message => Assert.Matches($"^API key {key.Key.Id} of request [^ ]+ to mine refused by key: {Unknown}$", message));
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync("sesame", Malformed);

        Assert.Contains("20 more API keys refused by key in that second", _gateway.Log.Messages);
        Assert.StartsWith("API key - of request", _gateway.Log.Messages.Last(), StringComparison.Ordinal);
        Assert.All(_gateway.Log.Messages, message => Assert.DoesNotContain(guess[^20..], message, StringComparison.Ordinal));
    }

    // Whether it takes the same time cannot be measured on a busy machine; that the framework's comparison does it can be seen.
    [Fact]
    public void Digests_AreComparedInFixedTime()
    {
        MethodInfo compare = typeof(ApiKeyDigest).GetMethod(nameof(ApiKeyDigest.IsSameAs))!;
        byte[] body = compare.GetMethodBody()!.GetILAsByteArray()!;
        const byte call = 0x28;
        IEnumerable<MethodBase?> called = Enumerable.Range(0, body.Length - 4).Where(at => body[at] == call).Select(at => Resolve(compare.Module, BitConverter.ToInt32(body, at + 1)));

        Assert.Contains(called, method => method?.DeclaringType == typeof(CryptographicOperations) && method.Name == nameof(CryptographicOperations.FixedTimeEquals));
        Assert.Null(typeof(ApiKeyDigest).GetMethod("op_Equality"));
    }

    [Fact]
    public async Task KeyOfOtherLetters_IsRefused()
    {
        using RawConnection connection = await RawConnection.ConnectAsync(_gateway.Gateway.Url);

        // Two bytes of UTF-8 each, one character: as long as a key.
        await connection.SendAsync($"GET /mine HTTP/1.1\r\nHost: a\r\nX-API-Key: hgk_0123456789ab_{string.Concat(Enumerable.Repeat("\u00c3\u00a9", 49))}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMethod(token);
        }
        catch (ArgumentException)
        {
            // Another byte that looks like a call.
            return null;
        }
    }

    private static string SecretOf(IssuedApiKey key) => key.Text.Substring(key.Key.Prefix.Length + 1, ApiKeyText.SecretLength);

    // A checksum is no secret: whoever attacks can compute it.
    private static string WithChecksum(string text)
    {
        const string characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        uint rest = Crc32.Compute(text);
        string checksum = "";
        for (int i = 0; i < ApiKeyText.ChecksumLength; i++, rest /= 62)
            checksum = characters[(int)(rest % 62)] + checksum;
        Assert.True(ApiKeyText.TryReadId(text + checksum, out _));
        return text + checksum;
    }

    private async Task RefusedAsync(string key, string reason)
    {
        using HttpResponseMessage response = await _gateway.GetAsync("/mine", $"X-API-Key: {key}");
        string body = await response.Content.ReadAsStringAsync(Stop);
        Assert.Equal((401, reason), ((int)response.StatusCode, JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString()));
        Assert.Equal($"ApiKey realm=\"api\", in=\"header\", name=\"X-API-Key\", error=\"invalid_token\", error_description=\"{reason}\"", response.Headers.WwwAuthenticate.ToString());
        if (key.Length > 20)
            Assert.DoesNotContain(key[^20..], body, StringComparison.Ordinal);
    }
}
