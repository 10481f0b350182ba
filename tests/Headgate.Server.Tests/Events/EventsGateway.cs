using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Events;

/// <summary>A gateway with the event log on, and API keys for it.</summary>
internal sealed class EventsGateway : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private TestGateway _gateway = null!;

    public TestGateway Gateway => _gateway;

    public AdminApi Admin => new(_gateway);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<EventsGateway> StartAsync(bool isOn = true)
    {
        var events = new EventsGateway();
        events._gateway = await TestGateway.StartAsync(events._directory.Write("orders.yaml", ServiceApi.Document), new Uri("http://127.0.0.1:1"), isOn ? ["events=true"] : []);
        return events;
    }

    public async Task<string> KeyAsync(string? tenant = null, params string[] scopes)
    {
        JsonElement made = await Admin.SendAsync("POST", "/keys", 201, new { name = "n", tenant, scopes = scopes.Length > 0 ? scopes : ["events:write", "events:read"] });
        return made.GetProperty("value").GetString()!;
    }

    public static string Event(string id, string more = "", string type = "order.created") => $$"""{"specversion":"1.0","id":"{{id}}","source":"/orders","type":"{{type}}","data":{"n":1}{{more}}}""";

    public Task<(int Status, JsonElement Body)> PublishAsync(string? key, string body, string mediaType = "application/cloudevents+json", string? tenant = null) =>
        SendAsync(HttpMethod.Post, "/events", key, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } }, tenant);

    public Task<(int Status, JsonElement Body)> ReadAsync(string? key, string query, string? tenant = null) => SendAsync(HttpMethod.Get, $"/events?{query}", key, null, tenant);

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? key, HttpContent? content, string? tenant)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.Add("X-API-Key", key);
        if (tenant is not null)
            request.Headers.Add("X-Tenant-ID", tenant);
        using HttpResponseMessage response = await _gateway.Client.SendAsync(request, Stop);
        return ((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(Stop)));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _directory.Dispose();
    }
}
