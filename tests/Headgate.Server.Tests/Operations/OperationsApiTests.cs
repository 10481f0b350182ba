using System.Text.Json;
using Headgate.Integration.Operations;
using Headgate.Integration.Tests.Operations;
using Headgate.Server.Tests.Events;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Operations;

/// <summary>Operations as clients meet them: over HTTP, through all policies of the document that began them.</summary>
public sealed class OperationsApiTests
{
    private const string List = "/api/v1/operations";

    private static readonly OperationChange s_progress = new()
    {
        Progress = 25, Message = "Creating database instance...", Stage = "creating", EstimatedCompletion = new DateTimeOffset(2024, 1, 15, 10, 35, 0, TimeSpan.Zero),
    };

    private static readonly string s_ann = OperationsGateway.TokenOf("ann");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operation_IsTold_BareByDefault()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(ProgressAsync);
        string id = (await gateway.BeginAsync()).Record.Id;
        JsonElement body = await ProgressedAsync(gateway, id, "");

        Assert.Equal(
            [
                "operation_id", "status", "message", "progress", "estimated_completion", "current_stage", "kind", "name", "needs_attention", "created_at", "updated_at",
            ],
            body.EnumerateObject().Select(member => member.Name));
        Assert.Equal((id, "in_progress", "Creating database instance...", 25), (Text(body, "operation_id"), Text(body, "status"), Text(body, "message"), body.GetProperty("progress").GetInt32()));
        Assert.Equal(("2024-01-15T10:35:00Z", "creating", "checkout"), (Text(body, "estimated_completion"), Text(body, "current_stage"), Text(body, "name")));
    }

    // §3.3.3 of the reference, with what the issue adds.
    [Fact]
    public async Task Operation_InTheEnvelope_IsAsTheReferencePrintsIt()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(ProgressAsync, "errors: envelope");
        string id = (await gateway.BeginAsync()).Record.Id;
        JsonElement data = await ProgressedAsync(gateway, id, "data");
        (_, JsonElement body) = await gateway.GetAsync($"{List}/{id}", s_ann);

        Assert.Equal(["success", "data", "meta"], body.EnumerateObject().Select(member => member.Name));
        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.Equal((id, "in_progress", "Creating database instance...", 25, "2024-01-15T10:35:00Z"), (Text(data, "operation_id"), Text(data, "status"), Text(data, "message"), data.GetProperty("progress").GetInt32(), Text(data, "estimated_completion")));
        Assert.StartsWith("req_", Text(body.GetProperty("meta"), "request_id"), StringComparison.Ordinal);
        Assert.EndsWith("Z", Text(body.GetProperty("meta"), "timestamp"), StringComparison.Ordinal);
        (int status, JsonElement page) = await gateway.GetAsync($"{List}?limit=1.0", s_ann);
        Assert.Equal((200, id), (status, Text(page.GetProperty("data")[0], "operation_id")));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("pagination").GetProperty("next").ValueKind);
        (status, JsonElement refused) = await gateway.GetAsync($"{List}/none", s_ann);
        Assert.Equal((404, "NOT_FOUND"), (status, Text(refused.GetProperty("error"), "code")));
    }

    [Fact]
    public async Task Result_AndError_AreTold()
    {
        int runs = 0;
        await using OperationsGateway gateway = await OperationsGateway.StartAsync((run, stopped) => run.SaveAsync(
            Interlocked.Increment(ref runs) switch
            {
                1 => new OperationChange { End = OperationState.Succeeded, Result = new OperationResult(201, "application/json; charset=utf-8", """{"orderId":"7"}"""u8.ToArray()) },
                2 => new OperationChange { End = OperationState.Succeeded, Result = new OperationResult(200, "application/json", "not json"u8.ToArray()) },
                _ => new OperationChange { End = OperationState.Failed, Error = new OperationError("BAD_GATEWAY", "No answer."), Attention = "Look." },
            },
            stopped));
        JsonElement[] told = new JsonElement[3];
        for (int i = 0; i < told.Length; i++)
        {
            OperationRun run = await gateway.BeginAsync();
            await run.Ended;
            told[i] = (await gateway.GetAsync($"{List}/{run.Record.Id}", s_ann)).Body;
        }

        Assert.Equal(("succeeded", 201, "7"), (Text(told[0], "status"), told[0].GetProperty("result").GetProperty("status").GetInt32(), Text(told[0].GetProperty("result").GetProperty("body"), "orderId")));
        Assert.False(told[1].GetProperty("result").TryGetProperty("body", out _));
        Assert.Equal(("failed", true, "Look.", "BAD_GATEWAY"), (Text(told[2], "status"), told[2].GetProperty("needs_attention").GetBoolean(), Text(told[2], "reason"), Text(told[2].GetProperty("error"), "code")));
    }

    [Fact]
    public async Task List_IsPaged_AndFiltered()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitForCancelAsync);
        List<string> ids = [];
        for (int i = 0; i < 5; i++)
            ids.Add((await gateway.BeginAsync()).Record.Id);

        // The newest first; those of one millisecond are in the order of their ids, which is chance.
        ids = [.. ids.OrderDescending(StringComparer.Ordinal)];
        await gateway.SendAsync(HttpMethod.Post, $"{List}/{ids[0]}/cancel", s_ann);
        await Until.TrueAsync(async () => Text((await gateway.GetAsync($"{List}/{ids[0]}", s_ann)).Body, "status") == "cancelled", "it is cancelled");

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            (_, JsonElement page) = await gateway.GetAsync($"{List}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", s_ann);
            seen.AddRange(page.GetProperty("operations").EnumerateArray().Select(operation => Text(operation, "operation_id")!));
            cursor = Text(page, "next");
        }
        while (cursor is not null);
        Assert.Equal(ids, seen);
        Assert.Equal([ids[0]], await IdsAsync(gateway, s_ann, "?status=cancelled,failed"));
        Assert.Equal(ids[1..], await IdsAsync(gateway, s_ann, "?status=in_progress&kind=test&name=checkout&needs_attention=false"));
        Assert.Empty(await IdsAsync(gateway, s_ann, "?kind=saga"));
    }

    [Theory]
    [InlineData("?status=done")]
    [InlineData("?limit=0")]
    [InlineData("?limit=201")]
    [InlineData("?cursor=op_1")]
    [InlineData("?needs_attention=maybe")]
    [InlineData("?limit=5&limit=1000000")]
    [InlineData("?li%6Dit=1000000")]
    [InlineData("/op_019235a6f8d57c3e9d0b4a1c2e3f4a5b/logs?limit=501")]
    [InlineData("/op_019235a6f8d57c3e9d0b4a1c2e3f4a5b/logs?after=-1")]
    public async Task Query_ThatIsNotAsDeclared_Is400(string query)
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        Assert.Equal(400, (await gateway.GetAsync(List + query, s_ann)).Status);
    }

    // What was not held to the document is not read: else a page could be as large as a caller likes.
    [Fact]
    public async Task Parameters_InOtherLetters_AreOthers_AndWholeNumbersAreSo_HoweverTheyAreWritten()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.SucceedAsync);
        string[] ids = [(await gateway.BeginAsync()).Record.Id, (await gateway.BeginAsync()).Record.Id];
        string logs = $"{List}/{ids[0]}/logs";

        Assert.Equal(2, (await IdsAsync(gateway, s_ann, "?Limit=1&Status=done&CURSOR=x")).Count());
        Assert.Single(await IdsAsync(gateway, s_ann, "?limit=1.0"));
        Assert.Single(await IdsAsync(gateway, s_ann, "?limit=10e-1"));
        await Until.TrueAsync(async () => (await gateway.GetAsync($"{logs}?Limit=1&After=x", s_ann)).Body.GetProperty("logs").GetArrayLength() == 2, "the log is read by what is declared");
        Assert.Equal(1, (await gateway.GetAsync($"{logs}?limit=1.0&after=0.0", s_ann)).Body.GetProperty("logs").GetArrayLength());
        using var twice = OperationsGateway.Request(HttpMethod.Get, logs, s_ann, lastEventId: "1");
        twice.Headers.Add("Last-Event-ID", "x");
        using HttpResponseMessage refused = await gateway.Gateway.Client.SendAsync(twice, Stop);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    // The first of a tenant's documents that fails over and over must not stop the others.
    [Fact]
    public async Task Api_OfWhichTooManyOperationsNeedAttention_SaysThatItBeginsNoMore()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(
            (run, stopped) => run.SaveAsync(new OperationChange { End = OperationState.Failed, Attention = "Look." }, stopped), settings: "operations.max-attention=1");
        OperationRun stuck = await gateway.BeginAsync(user: null, tenant: null, api: "open");
        await stuck.Ended;
        const string told = "operations that need attention: 1, APIs that begin no more of them for that: open";
        await Until.TrueAsync(async () => (await gateway.Gateway.Admin.GetStringAsync("/healthz", Stop)).Contains(told, StringComparison.Ordinal), "health tells of it");
        (int status, JsonElement refused) = await gateway.SendAsync(HttpMethod.Post, "/Open/checkout", null);
        (int others, _) = await gateway.SendAsync(HttpMethod.Post, "/Shop/checkout", OperationsGateway.TokenOf("ann", scope: "checkout"));
        string metrics = await gateway.Gateway.Admin.GetStringAsync("/metrics", Stop);
        (_, string shown) = await InstanceCommand.RunAsync(gateway.Gateway, "status");
        await gateway.Operations.Registry.ResolveAsync(stuck.Record.Id, "done", Stop);
        await Until.TrueAsync(async () => (await gateway.SendAsync(HttpMethod.Post, "/Open/checkout", null)).Status != 503, "it begins again");

        Assert.Equal((503, "urn:headgate:error:operations-need-attention"), (status, Text(refused, "type")));
        Assert.Equal(502, others);
        Assert.Contains("\nheadgate_operations_attention_ratio 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains(told, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_AsksForTheEnd_AndSaysWhenThereIsNothingToCancel()
    {
        bool cancels = true;
        await using OperationsGateway gateway = await OperationsGateway.StartAsync((run, stopped) => cancels ? TestKind.WaitForCancelAsync(run, stopped) : TestKind.SucceedAsync(run, stopped));
        OperationRun run = await gateway.BeginAsync();
        (int status, JsonElement body) = await gateway.SendAsync(HttpMethod.Post, $"{List}/{run.Record.Id}/cancel", s_ann);
        await run.Ended;
        (int again, JsonElement cancelled) = await gateway.SendAsync(HttpMethod.Post, $"{List}/{run.Record.Id}/cancel", s_ann);
        cancels = false;
        OperationRun done = await gateway.BeginAsync();
        await done.Ended;
        (int late, JsonElement refused) = await gateway.SendAsync(HttpMethod.Post, $"{List}/{done.Record.Id}/cancel", s_ann);

        Assert.Equal((202, "cancelling"), (status, Text(body, "status")));
        Assert.Equal((200, "cancelled"), (again, Text(cancelled, "status")));
        Assert.Equal((409, "urn:headgate:error:operation-ended"), (late, Text(refused, "type")));
    }

    // What is somebody else's is not there, whoever knows its id.
    [Fact]
    public async Task Operations_OfOthers_AreNotThere()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        string id = (await gateway.BeginAsync()).Record.Id;
        string ofNobody = (await gateway.BeginAsync(user: null)).Record.Id;
        string open = (await gateway.BeginAsync(user: null, tenant: null, api: "open")).Record.Id;
        string ben = OperationsGateway.TokenOf("ben");
        string annElsewhere = OperationsGateway.TokenOf("ann", "other");

        foreach (string path in new[] { $"{List}/{id}", $"{List}/{id}/logs" })
        {
            Assert.Equal(200, (await gateway.GetAsync(path, s_ann)).Status);
            Assert.Equal(404, (await gateway.GetAsync(path, ben)).Status);
            Assert.Equal(404, (await gateway.GetAsync(path, annElsewhere)).Status);
            Assert.Equal(401, (await gateway.GetAsync(path, null)).Status);
            Assert.Equal(404, (await gateway.GetAsync($"/open{path}", null)).Status);
        }

        Assert.Equal(404, (await gateway.SendAsync(HttpMethod.Post, $"{List}/{id}/cancel", ben)).Status);
        Assert.Equal(404, (await gateway.SendAsync(HttpMethod.Post, $"{List}/{id}/cancel", annElsewhere)).Status);
        Assert.Equal(404, (await gateway.SendAsync(HttpMethod.Post, $"/open{List}/{id}/cancel", null)).Status);
        Assert.Equal([id], await IdsAsync(gateway, s_ann));
        Assert.Empty(await IdsAsync(gateway, ben));
        Assert.Empty(await IdsAsync(gateway, annElsewhere));
        Assert.Equal(401, (await gateway.GetAsync(List, null)).Status);

        // Nobody's is whoever's who knows the id, within the tenant and the API; and it is never listed.
        Assert.Equal(200, (await gateway.GetAsync($"{List}/{ofNobody}", ben)).Status);
        Assert.Equal(404, (await gateway.GetAsync($"{List}/{ofNobody}", annElsewhere)).Status);
        Assert.Equal(200, (await gateway.GetAsync($"/open{List}/{open}", null)).Status);
        Assert.Equal(404, (await gateway.GetAsync($"{List}/{open}", s_ann)).Status);
        Assert.Empty((await gateway.GetAsync($"/open{List}", null)).Body.GetProperty("operations").EnumerateArray());
        Assert.Null((await gateway.Operations.Registry.FindAsync(id, Stop))!.CancelRequested);
    }

    [Fact]
    public async Task Permissions_WidenToTheTenant_AndNotBeyond()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitForCancelAsync);
        string id = (await gateway.BeginAsync()).Record.Id;
        string elsewhere = (await gateway.BeginAsync(tenant: "other")).Record.Id;
        await gateway.PermitAsync("reader", "acme", "operations:read");
        await gateway.PermitAsync("operator", "acme", "operations:*");
        await gateway.PermitAsync("canceller", "acme", "operations:cancel");
        string reader = OperationsGateway.TokenOf("reader");
        string operates = OperationsGateway.TokenOf("operator");

        Assert.Equal([id], await IdsAsync(gateway, reader));
        Assert.Empty(await IdsAsync(gateway, reader, "?mine=true"));
        Assert.Equal(200, (await gateway.GetAsync($"{List}/{id}", reader)).Status);
        Assert.Equal(404, (await gateway.GetAsync($"{List}/{elsewhere}", reader)).Status);
        Assert.Equal(404, (await gateway.GetAsync($"{List}/{id}", OperationsGateway.TokenOf("reader", "other"))).Status);
        (int status, JsonElement refused) = await gateway.SendAsync(HttpMethod.Post, $"{List}/{id}/cancel", reader);
        Assert.Equal((403, "urn:headgate:error:permission-missing"), (status, Text(refused, "type")));
        Assert.Equal(404, (await gateway.SendAsync(HttpMethod.Post, $"{List}/{id}/cancel", OperationsGateway.TokenOf("canceller"))).Status);
        Assert.Equal(202, (await gateway.SendAsync(HttpMethod.Post, $"{List}/{id}/cancel", operates)).Status);
    }

    [Theory]
    [InlineData("op_0")]
    [InlineData("op_0123456789ABCDEF0123456789abcdef")]
    [InlineData("%00")]
    [InlineData("..%2f..")]
    [InlineData("op_00000000000000000000000000000000")]
    public async Task Id_ThatIsNone_Is404(string id)
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        Assert.InRange((await gateway.GetAsync($"{List}/{id}", s_ann)).Status, 400, 404);
    }

    // Who may publish events must not be able to write in the log of an operation.
    [Fact]
    public async Task Event_ThatPretendsToBeOfAnOperation_IsRefused()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        string id = (await gateway.BeginAsync()).Record.Id;
        string key = (await gateway.Admin.SendAsync("POST", "/keys", 201, new { name = "n", scopes = new[] { "events:write" } })).GetProperty("value").GetString()!;
        async Task<int> PublishAsync(string source)
        {
            string told = $$"""{"specversion":"1.0","id":"1","source":"{{source}}","type":"operation.succeeded","aggregatetype":"operation","subject":"{{id}}","tenantid":"acme","data":1}""";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/events") { Content = new StringContent(told, null, "application/cloudevents+json"), Headers = { { "X-API-Key", key } } };
            using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, Stop);
            return (int)response.StatusCode;
        }

        Assert.Equal(400, await PublishAsync("urn:headgate:operations"));
        Assert.Equal(400, await PublishAsync("URN:Headgate:operations"));
        Assert.Equal(202, await PublishAsync("/shop"));
        (_, JsonElement logs) = await gateway.GetAsync($"{List}/{id}/logs", s_ann);
        Assert.Equal("operation.started", Text(Assert.Single(logs.GetProperty("logs").EnumerateArray()), "type"));
    }

    // Whose callers cannot be known has no callers, and none who are let in unseen.
    [Fact]
    public async Task Document_WhoseKeysCannotBeRead_HasNoOperations()
    {
        using var directory = new TemporaryDirectory();
        string document = directory.Write("shop.yaml", """
            openapi: 3.1.0
            info: { title: Shop, version: v1 }
            x-gateway-config: { services: { steps: { url: "http://127.0.0.1:1" } } }
            paths:
              /checkout:
                post:
                  operationId: checkout
                  security: [{ user: [] }]
                  x-gateway-saga: { steps: [{ name: only, service: steps, path: /only }] }
                  responses: { "201": { description: done } }
            components:
              securitySchemes:
                user: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://shop"], jwks: { file: missing.json } } }
            """);
        await using TestGateway gateway = await TestGateway.StartAsync(document, new Uri("http://127.0.0.1:1"));
        using HttpResponseMessage response = await gateway.Client.GetAsync(List, Stop);
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Documents_ThatBeginNothing_HaveNoOperations()
    {
        await using EventsGateway events = await EventsGateway.StartAsync(isOn: false);
        Assert.Equal(404, (await events.SendAsync(HttpMethod.Get, List, null, null, null)).Status);
    }

    private static async Task ProgressAsync(OperationRun run, CancellationToken stopped)
    {
        await run.SaveAsync(s_progress, stopped);
        await Task.Delay(Timeout.Infinite, stopped);
    }

    private static async Task<JsonElement> ProgressedAsync(OperationsGateway gateway, string id, string member)
    {
        JsonElement told = default;
        await Until.TrueAsync(
            async () =>
            {
                (_, JsonElement body) = await gateway.GetAsync($"{List}/{id}", s_ann);
                told = member.Length == 0 ? body : body.GetProperty(member);
                return told.GetProperty("progress").GetInt32() == 25;
            },
            "it has made progress");
        return told;
    }

    private static async Task<IEnumerable<string?>> IdsAsync(OperationsGateway gateway, string token, string query = "")
    {
        (int status, JsonElement page) = await gateway.GetAsync(List + query, token);
        Assert.Equal(200, status);
        return page.GetProperty("operations").EnumerateArray().Select(operation => Text(operation, "operation_id"));
    }

    private static string? Text(JsonElement body, string name) => body.GetProperty(name).GetString();
}
