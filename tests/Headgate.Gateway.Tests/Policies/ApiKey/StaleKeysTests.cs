using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Background;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>What happens while the store cannot be read: known keys go on for as long as the document allows, then nobody is believed.</summary>
public class StaleKeysTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "7" }
        paths:
          /short: { get: { operationId: short, security: [{ short: [] }], responses: { "200": { description: ok } } } }
          /usual: { get: { operationId: usual, security: [{ usual: [] }], responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            short: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: { staleFor: 5m } }
            usual: { type: apiKey, in: header, name: X-API-Key, x-gateway-api-key: {} }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KnownKeys_Hold_UpToTheStatedTime_AndThenAre503()
    {
        await using KeyedGateway gateway = await KeyedGateway.StartAsync(Document);
        string key = $"X-API-Key: {(await gateway.CreateAsync()).Text}";
        await gateway.Keys.Directory.ReadAsync(Stop);
        gateway.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((200, 200), (await gateway.StatusAsync("/short", key), await gateway.StatusAsync("/usual", key)));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((503, 200), (await gateway.StatusAsync("/short", key), await gateway.StatusAsync("/usual", key)));
        gateway.Time.Advance(TimeSpan.FromMinutes(55));

        using HttpResponseMessage response = await gateway.GetAsync("/usual", key);
        Assert.Equal((503, "5"), ((int)response.StatusCode, response.Headers.RetryAfter!.ToString()));
        Assert.Equal("urn:headgate:error:authentication-unavailable", (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString());

        // What is no key at all needs no store to be told from one.
        Assert.Equal((401, 401), (await gateway.StatusAsync("/usual"), await gateway.StatusAsync("/usual", "X-API-Key: sesame")));
        await gateway.Keys.Directory.ReadAsync(Stop);
        Assert.Equal(200, await gateway.StatusAsync("/short", key));
    }

    [Fact]
    public async Task Keys_ThatWereNeverRead_Are503()
    {
        var time = new ManualTime();
        var known = new KnownKeys();
        Assert.False(known.AreUsable(time.GetUtcNow(), TimeSpan.MaxValue));
        Assert.Null(known.ReadAt);
        await using KeyStore store = await KeyStore.OpenAsync(time);
        Assert.True(store.Directory.Known.AreUsable(time.GetUtcNow(), TimeSpan.Zero));
    }

    [Fact]
    public async Task StoreThatIsAway_IsToldOnce_AndSoIsItsReturn()
    {
        string folder = Directory.CreateTempSubdirectory("headgate-keys-").FullName;
        string file = Path.Combine(folder, "headgate.db");
        await using (KeyStore keys = await KeyStore.OpenAsync(TimeProvider.System, StoreLocation.OfFile(file)))
        {
            await using var background = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
            keys.Directory.Begin(background);
            File.Move(file, file + ".away");
            await Condition.HoldsAsync(() => keys.Log.Messages.Any(message => message.StartsWith("API keys cannot be read anew", StringComparison.Ordinal)), Stop);
            DateTimeOffset? readAt = keys.Directory.Known.ReadAt;
            Assert.NotNull(readAt);
            File.Move(file + ".away", file);
            await Condition.HoldsAsync(() => keys.Log.Messages.Contains("API keys are read anew again"), Stop);
            Assert.True(keys.Directory.Known.ReadAt > readAt);
            await background.StopAsync();
            Assert.Equal(2, keys.Log.Messages.Count);
        }

        Directory.Delete(folder, recursive: true);
    }
}
