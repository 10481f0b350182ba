using System.Text.Json;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.Server.Admin;
using Headgate.Server.Tests.Events;
using Headgate.Server.Tests.Operations;
using Headgate.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Headgate.Server.Tests.Admin;

/// <summary>The admin API is what its document says, operation by operation.</summary>
public class AdminDocumentTests
{
    // One call of each operation that must succeed, in this order; their answers are held to the document, and shown on the reference page.
    internal static readonly (string Operation, Func<AdminApi, Task> Call)[] Calls =
    [
        ("getDocument", api => api.SendAsync("GET", "/openapi.json")),
        ("getStatus", api => api.SendAsync("GET", "/status")),
        ("listRoutes", api => api.SendAsync("GET", "/routes")),
        ("getConfig", api => api.SendAsync("GET", "/config")),
        ("listLimits", api => api.SendAsync("GET", "/limits?consumers=5")),
        ("getCache", api => api.SendAsync("GET", "/cache")),
        ("listCachedAnswers", api => api.SendAsync("GET", "/cache/answers")),
        ("purgeCache", api => api.SendAsync("POST", "/cache/purge", body: new { prefix = "/" })),
        ("reload", api => api.SendAsync("POST", "/reload")),
        ("getPlan", api => api.SendAsync("GET", "/plan")),
        ("listReloads", api => api.SendAsync("GET", "/reloads")),
        ("listServices", api => api.SendAsync("GET", "/services")),
        ("getService", async api => await api.SendAsync("GET", await ServicePathAsync(api))),
        ("drainInstance", async api => await api.SendAsync("POST", await ServicePathAsync(api) + "/drain", body: await InstanceAsync(api))),
        ("undrainInstance", async api => await api.SendAsync("POST", await ServicePathAsync(api) + "/undrain", body: await InstanceAsync(api))),
        ("setBreaker", async api => await api.SendAsync("PUT", await ServicePathAsync(api) + "/breaker", body: new { state = "closed" })),
        ("listDeprecated", api => api.SendAsync("GET", "/deprecated?callers=5")),
        ("drain", api => api.SendAsync("POST", "/drain")),
        ("getDrain", api => api.SendAsync("GET", "/drain")),
        ("undrain", api => api.SendAsync("POST", "/undrain")),
        ("setLogLevel", api => api.SendAsync("PUT", "/log-levels/Headgate.Gateway", body: new { level = "debug", @for = "10m" })),
        ("getLogLevels", api => api.SendAsync("GET", "/log-levels")),
        ("resetLogLevel", api => api.SendAsync("DELETE", "/log-levels/Headgate.Gateway")),
        ("setRole", api => api.SendAsync("PUT", "/roles/keeper", 201, new { permissions = new[] { "pet:*" } })),
        ("getRole", api => api.SendAsync("GET", "/roles/keeper")),
        ("listRoles", api => api.SendAsync("GET", "/roles")),
        ("assignRole", api => api.SendAsync("POST", "/role-assignments", 201, new { subject = "user:ada", tenant = "acme", role = "keeper" })),
        ("listRoleAssignments", api => api.SendAsync("GET", "/role-assignments")),
        ("unassignRole", async api => await api.SendAsync("DELETE", $"/role-assignments/{await IdOfAsync(api, "/role-assignments")}", 204)),
        ("deleteRole", api => api.SendAsync("DELETE", "/roles/keeper", 204)),
        ("explain", api => api.SendAsync("POST", "/explain", body: new { method = "GET", url = "/pets" })),
        ("createServiceAccount", AccountAsync),
        ("listServiceAccounts", api => api.SendAsync("GET", "/service-accounts?limit=1")),
        ("getServiceAccount", async api => await api.SendAsync("GET", $"/service-accounts/{await AccountAsync(api)}")),
        ("rotateServiceAccount", async api => await api.SendAsync("POST", $"/service-accounts/{await AccountAsync(api)}/rotate", body: new { overlapSeconds = 60 })),
        ("revokeServiceAccount", async api => await api.SendAsync("POST", $"/service-accounts/{await AccountAsync(api)}/revoke")),
        ("listSigningKeys", api => api.SendAsync("GET", "/signing-keys")),
        ("rotateSigningKeys", api => api.SendAsync("POST", "/signing-keys/rotate")),
        ("removeSigningKey", async api => await api.SendAsync("DELETE", $"/signing-keys/{(await api.SendAsync("POST", "/signing-keys/rotate"))[0].GetProperty("keyId").GetString()}")),
        ("createKey", api => api.SendAsync("POST", "/keys", 201, new { name = "n", tenant = "acme", scopes = new[] { "read" }, roles = new[] { new { role = "r", permissions = new[] { "a:*" } } }, expires = "90d" })),
        ("listKeys", api => api.SendAsync("GET", "/keys?limit=1")),
        ("getKey", async api => await api.SendAsync("GET", await KeyPathAsync(api))),
        ("rotateKey", async api => await api.SendAsync("POST", await KeyPathAsync(api) + "/rotate", body: new { overlap = "1h" })),
        ("revokeKey", async api => await api.SendAsync("POST", await KeyPathAsync(api) + "/revoke")),
        ("listEvents", async api =>
        {
            await LeftLetter.MakeAsync(api.Gateway);
            await api.SendAsync("GET", "/events?type=order.*&tenant=acme&limit=10");
        }),
        ("getEvent", async api => await api.SendAsync("GET", $"/events/{await IdOfAsync(api, "/events")}")),
        ("replayEvents", api => api.SendAsync("GET", "/event-replay?after=0&type=order.*&tenant=acme&limit=10")),
        ("listEventSubscriptions", api => api.SendAsync("GET", "/event-subscriptions")),
        ("replayEventSubscription", api => api.SendAsync("POST", "/event-subscriptions/read-model/replay", 204, new { after = 0 })),
        ("listDeadLetters", api => api.SendAsync("GET", "/dead-letters?subscription=read-model")),
        ("getDeadLetter", async api => await api.SendAsync("GET", $"/dead-letters/{await IdOfAsync(api, "/dead-letters")}")),
        ("retryDeadLetter", async api => await api.SendAsync("POST", $"/dead-letters/{await IdOfAsync(api, "/dead-letters")}/retry")),
        ("dropDeadLetter", async api => await api.SendAsync("DELETE", $"/dead-letters/{await IdOfAsync(api, "/dead-letters")}")),
        ("listAllOperations", async api =>
        {
            await LeftOperation.MakeAsync(api.Gateway);
            await api.SendAsync("GET", "/operations?attention=true&tenant=acme&limit=10");
        }),
        ("getAnyOperation", async api => await api.SendAsync("GET", $"/operations/{await IdOfAsync(api, "/operations")}")),
        ("explainOperation", async api => await api.SendAsync("GET", $"/operations/{await IdOfAsync(api, "/operations")}/explanation")),
        ("readOperationLog", async api => await api.SendAsync("GET", $"/operations/{await IdOfAsync(api, "/operations")}/log")),
        ("retryOperation", async api => await api.SendAsync("POST", $"/operations/{await IdOfAsync(api, "/operations")}/retry")),
        ("cancelAnyOperation", async api => await api.SendAsync("POST", $"/operations/{await IdOfAsync(api, "/operations")}/cancel")),
        ("resolveOperation", async api => await api.SendAsync("POST", $"/operations/{(await LeftOperation.MakeAsync(api.Gateway)).Id}/resolve", body: new { note = "refunded by hand" })),
    ];

    [Fact]
    public void Document_HasNoFindings()
    {
        LoadResult loaded = new DocumentLoader(BuiltIn.Extensions).Load(DocumentSource.FromBytes("admin.openapi.json", AdminDocument.Current.Json));
        Assert.Empty(loaded.Diagnostics.Items);
    }

    [Fact]
    public void Routes_AreThoseOfTheDocument()
    {
        string[] documented = [.. AdminDocument.Current.Api.Operations.Select(operation => $"{operation.Method} {operation.BasePaths[0]}{operation.Path.Text}").Order()];
        Assert.NotEmpty(documented);
        Assert.Equal(documented, Mapped().Order());
    }

    [Fact]
    public void Bodies_OfOperationsThatWrite_AreStrict()
    {
        foreach (ApiOperation operation in AdminDocument.Current.Api.Operations.Where(operation => operation.RequestBody is not null))
        {
            var schema = (ObjectNode?)AdminDocument.Current.Api.References.Follow(operation.RequestBody!.Content["application/json"]);
            Assert.True(schema?["additionalProperties"] is ScalarNode { Text: "false" }, $"{operation.Id} takes members that mean nothing: a mistyped name would be lost.");
        }
    }

    [Fact]
    public async Task EveryOperation_Called_AnswersAsDocumented()
    {
        Assert.Equal(AdminDocument.Current.Api.Operations.Select(operation => operation.Id).Order(), Calls.Select(call => call.Operation).Order());
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        foreach ((_, Func<AdminApi, Task> call) in Calls)
            await call(new AdminApi(gateway));
    }

    [Fact]
    public async Task Body_ThatBreaksTheDocument_Is400WithEveryMember()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        JsonElement problem = await new AdminApi(gateway).SendAsync("POST", "/explain", 400, new { method = "", header = "X: y" });
        Assert.Equal(["/header", "/method", "/url"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"method\":\"GET\",\"method\":\"POST\",\"url\":\"/\"}")]
    [InlineData("{\"method\":\"\\ud800\",\"url\":\"/\"}")]
    public async Task Body_ThatCannotBeRead_Is400(string body)
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        JsonElement problem = await new AdminApi(gateway).SendAsync("POST", "/explain", 400, body);
        Assert.Equal("VALIDATION_ERROR", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Body_BeyondTheBound_Is413()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Samples.Pets), upstream.Url);
        JsonElement problem = await new AdminApi(gateway).SendAsync("POST", "/explain", 413, new string(' ', (256 * 1024) + 1));
        Assert.Equal("PAYLOAD_TOO_LARGE", problem.GetProperty("code").GetString());
    }

    private static async Task<JsonElement> ServiceAsync(AdminApi api) => (await new AdminApi(api.Gateway).SendAsync("GET", "/services")).GetProperty("items")[0];

    private static async Task<string> ServicePathAsync(AdminApi api) => "/services/" + Uri.EscapeDataString((await ServiceAsync(api)).GetProperty("service").GetString()!);

    private static async Task<object> InstanceAsync(AdminApi api) => new { instance = (await ServiceAsync(api)).GetProperty("instances")[0].GetProperty("url").GetString() };

    private static async Task<string> AccountAsync(AdminApi api) =>
        (await api.SendAsync("POST", "/service-accounts", 201, new { name = "billing", tenant = "acme", scopes = new[] { "service.read" }, expires = "2099-01-01T00:00:00Z" })).GetProperty("clientId").GetString()!;
    private static async Task<string> IdOfAsync(AdminApi api, string path) =>
        (await new AdminApi(api.Gateway).SendAsync("GET", path)).GetProperty("items")[0].GetProperty("id").GetString()!;
    private static async Task<string> KeyPathAsync(AdminApi api) => "/keys/" + (await api.SendAsync("GET", "/keys")).GetProperty("items")[0].GetProperty("id").GetString();

    private static IEnumerable<string> Mapped()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        IEndpointRouteBuilder application = builder.Build();
        AdminEndpoints.Map(application, null!);
        return from endpoint in application.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
               select $"{method} {endpoint.RoutePattern.RawText}";
    }
}
