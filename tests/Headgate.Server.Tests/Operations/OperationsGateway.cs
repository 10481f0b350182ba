using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Integration.Tests.Operations;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Operations;

/// <summary>
/// A gateway with two documents that begin operations: the callers of <c>shop</c> have tokens, those of <c>open</c> are nobody in particular. What the operations do is the test's to say.
/// </summary>
internal sealed class OperationsGateway : IAsyncDisposable
{
    // One for all tests: keys are slow to make.
    private static readonly TokenForge s_issuer = new();

    private readonly TemporaryDirectory _directory = new();
    private readonly TestKind _kind;
    private readonly string _config;
    private readonly string[] _settings;
    private readonly TimeProvider? _time;
    private TestGateway? _gateway;

    private OperationsGateway(TestKind kind, string config, string[] settings, TimeProvider? time) => (_kind, _config, _settings, _time) = (kind, config, settings, time);

    public TestGateway Gateway => _gateway!;

    public OperationServices Operations => Gateway.Host.Operations;

    public AdminApi Admin => new(Gateway);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts one.</summary>
    /// <param name="body">What operations do.</param>
    /// <param name="config">Members of the <c>x-gateway-config</c> of <c>shop</c>.</param>
    /// <param name="time">The clock; the system's where there is none.</param>
    /// <param name="settings">Settings, each as KEY=VALUE.</param>
    public static async Task<OperationsGateway> StartAsync(Func<OperationRun, CancellationToken, Task> body, string config = "", TimeProvider? time = null, params string[] settings)
    {
        var operations = new OperationsGateway(new TestKind(TestKind.DefaultName, body), config, settings, time);
        operations._directory.Write("keys.json", s_issuer.KeySetJson);
        await operations.StartAsync();
        return operations;
    }

    /// <summary>Stops the instance and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        await Gateway.DisposeAsync();
        await StartAsync();
    }

    /// <summary>Begins an operation of somebody.</summary>
    public async Task<OperationRun> BeginAsync(string? user = "ann", string? tenant = "acme", string api = "shop") => (await Operations.Registry.StartAsync(
        new NewOperation { Kind = TestKind.DefaultName, Name = "checkout", Api = api, Tenant = tenant, Owner = user is null ? null : $"{tenant}/user:{user}" }, Stop))!;

    public static string TokenOf(string user, string tenant = "acme", string scope = "") => s_issuer.Sign($$"""{"sub":"{{user}}","tenant_id":"{{tenant}}","scope":"{{scope}}"}""");

    /// <summary>Gives a user of acme the permissions of operators.</summary>
    public async Task PermitAsync(string user, string tenant, params string[] permissions)
    {
        await Admin.SendAsync("PUT", $"/roles/{user}", 201, new { permissions });
        await Admin.SendAsync("POST", "/role-assignments", 201, new { subject = $"user:{user}", tenant, role = user });
    }

    public static HttpRequestMessage Request(HttpMethod method, string path, string? token, string? accept = null, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return request;
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? token)
    {
        using HttpRequestMessage request = Request(method, path, token);
        using HttpResponseMessage response = await Gateway.Client.SendAsync(request, Stop);
        byte[] body = await response.Content.ReadAsByteArrayAsync(Stop);
        return ((int)response.StatusCode, body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body));
    }

    public Task<(int Status, JsonElement Body)> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    /// <summary>Follows the log of an operation.</summary>
    public async Task<EventStream> FollowAsync(string id, string? token, string? lastEventId = null, string prefix = "")
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, $"{prefix}/api/v1/operations/{id}/logs", token, "text/event-stream", lastEventId);
        return new EventStream(await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        string[] documents = [_directory.Write("shop.yaml", DocumentOf("Shop", _config, "[{ user: [checkout] }]")), _directory.Write("open.yaml", DocumentOf("Open", "", "[]"))];
        _gateway = await TestGateway.StartAsync(TestGateway.Options(_directory, documents, ["events=true", .. _settings]), new TemporaryDirectory(), before: host => host.Operations.Registry.Add(_kind), time: _time);
    }

    private static string DocumentOf(string title, string config, string security) => $$"""
        openapi: 3.1.0
        info: { title: {{title}}, version: v1 }
        x-gateway-config:
          services: { steps: { url: "http://127.0.0.1:1" } }
          {{config}}
        paths:
          /{{title}}/checkout:
            post:
              operationId: checkout
              security: {{security}}
              x-gateway-saga: { steps: [{ name: only, service: steps, path: /only }] }
              responses: { "201": { description: done } }
        components:
          securitySchemes:
            user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://shop"], jwks: { file: keys.json } } }
        """;
}
