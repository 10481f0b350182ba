using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Gateway.Aggregation;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>Answers from several services, by a real gateway.</summary>
public partial class AggregateTests
{
    // As the reference document prints it.
    private const string Printed = """
        "x-gateway-aggregate" to listOf(
            mapOf(
                "service" to "user-service",
                "path" to "/users/{userId}",
                "field" to "user"
            ),
            mapOf(
                "service" to "order-service",
                "path" to "/orders?userId={userId}&limit=5",
                "field" to "recentOrders"
            ),
            mapOf(
                "service" to "product-service",
                "path" to "/products/recommendations?userId={userId}",
                "field" to "recommendations"
            )
        )
        """;

    [Fact]
    public async Task Dashboard_AsPrinted_IsOneAnswerOfThree_ByteForByte()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada", " { \"id\" : \"ada\", \"n\": 1.50 } ").On("/orders", "[{\"id\":1},\n{\"id\":2}]").On("/products/recommendations", "[]");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, JsonOf(Printed));
        var (status, body, response) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal((200, """{"user":{ "id" : "ada", "n": 1.50 },"recentOrders":[{"id":1},""" + "\n" + """{"id":2}],"recommendations":[]}"""), (status, body));
        Assert.Equal(["GET /orders?userId=ada&limit=5", "GET /products/recommendations?userId=ada", "GET /users/ada"], services.Asked.Order(StringComparer.Ordinal));
        Assert.Equal(("application/json", body.Length), (response.Content.Headers.ContentType!.ToString(), response.Content.Headers.ContentLength));
        Assert.Null(response.Headers.CacheControl);
        Assert.Single(response.Headers.GetValues("X-Request-ID"));
    }

    [Fact]
    public async Task FieldsThatTellWhoCalls_AreHeadgates_AndNotTheClients()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada/acme", "1");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: '/users/{$request.header.x-user-id}/{$request.header.X-Tenant-ID}', field: user }]");

        var (status, body, _) = await AggregateGateway.AskAsync(gateway, with: request =>
        {
            request.Headers.Add("X-User-ID", "eve");
            request.Headers.Add("X-Tenant-ID", "other");
        });

        Assert.Equal((200, """{"user":1}"""), (status, body));
    }

    [Fact]
    public async Task PartThatIsAskedWithWhatIsNoText_IsNotAsked()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada", """{"name":"\ud800"}""").On("/orders", "[]");
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, "[{ service: user-service, path: '/users/{userId}', field: user }, { service: order-service, path: '/orders?of={$parts.user#/name}', field: orders, dependsOn: user, optional: true }]");

        var (status, body, _) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal(200, status);
        Assert.Contains("\"orders\":null", body, StringComparison.Ordinal);
        Assert.Equal(["GET /users/ada"], services.Asked);
    }

    [Fact]
    public async Task RequiredPart_ThatFails_FailsTheAnswer_AndBreaksTheOthersOff()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.Hanging("/users/ada").Hanging("/products/recommendations").On("/orders", async context =>
        {
            while (services.Asked.Count < 3)
                await Task.Yield();
            context.Response.StatusCode = 500;
        });
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, JsonOf(Printed));
        var (status, body, _) = await AggregateGateway.AskAsync(gateway);

        using JsonDocument problem = JsonDocument.Parse(body);
        Assert.Equal((502, "BAD_GATEWAY"), (status, problem.RootElement.GetProperty("code").GetString()));
        Assert.Contains("order-service answered with status 500", body, StringComparison.Ordinal);
        await WaitUntil(() => services.BrokenOff.Count == 2);
    }

    [Theory]
    [InlineData("{ service: user-service, path: /late, field: a, timeout: 100ms }", 504, "GATEWAY_TIMEOUT", "user-service")]
    [InlineData("{ service: user-service, path: /drip, field: a, timeout: 200ms }", 504, "GATEWAY_TIMEOUT", "user-service")]
    [InlineData("{ service: user-service, path: /no, field: a }", 502, "BAD_GATEWAY", "answered with status 404")]
    [InlineData("{ service: user-service, path: /moved, field: a }", 502, "BAD_GATEWAY", "answered with status 302")]
    [InlineData("{ service: user-service, path: /text, field: a }", 502, "BAD_GATEWAY", "is no JSON")]
    [InlineData("{ service: user-service, path: /broken, field: a }", 502, "BAD_GATEWAY", "cannot be a part of the whole")]
    [InlineData("{ service: user-service, path: /cut, field: a }", 502, "BAD_GATEWAY", "is no whole JSON text")]
    [InlineData("{ service: user-service, path: /coded, field: a }", 502, "BAD_GATEWAY", "content coding")]
    [InlineData("{ service: user-service, path: /good, field: a, select: /nothing }", 502, "BAD_GATEWAY", "lacks what is selected")]
    [InlineData("{ service: user-service, path: \"/good?x={q}\", field: a }", 400, "VALIDATION_ERROR", "no value 'q'")]
    public async Task Part_ThatIsNone_IsToldByItsCulprit_OrIsNull(string part, int status, string code, string detail)
    {
        await using PartServices services = await PartServices.StartAsync();
        Answers(services);
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, $"[{part}]");
        var (failed, problem, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal((status, code), (failed, JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString()));
        Assert.Contains(detail, problem, StringComparison.Ordinal);

        gateway.Reload(AggregateGateway.Document($"[{part[..^1]}, optional: true }}, {{ service: order-service, path: /good, field: b, select: /n }}]"));
        var (whole, body, response) = await AggregateGateway.AskAsync(gateway);
        JsonElement answer = JsonDocument.Parse(body).RootElement;
        JsonElement error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((200, JsonValueKind.Null, 1), (whole, answer.GetProperty("a").ValueKind, answer.GetProperty("b").GetInt32()));
        Assert.Equal(("a", "user-service", code), (error.GetProperty("part").GetString(), error.GetProperty("service").GetString(), error.GetProperty("code").GetString()));
        Assert.Contains(detail, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task OptionalPart_ThatIsMissingAtItsService_IsNull_WithTheServicesStatus_AndItsFallbackStandsIn()
    {
        await using PartServices services = await PartServices.StartAsync();
        Answers(services);
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, "[{ service: user-service, path: /no, field: a, optional: true }, { service: product-service, path: /no, field: b, fallback: { kind: $request.path.kind, list: [] } }, { service: order-service, path: /empty, field: c }]");
        var (status, body, _) = await AggregateGateway.AskAsync(gateway);

        Assert.Equal(200, status);
        Assert.StartsWith("""{"a":null,"b":{"kind":"all","list":[]},"c":null,"errors":[{"part":"a","service":"user-service","code":"BAD_GATEWAY","status":404,""", body, StringComparison.Ordinal);
        Assert.Equal(2, JsonDocument.Parse(body).RootElement.GetProperty("errors").GetArrayLength());
        Assert.Equal(
            [(PartOutcome.Missing, 1L), (PartOutcome.StoodIn, 1L), (PartOutcome.Answered, 1L)],
            gateway.States.Of<PartCounts>().OrderBy(part => part.Identity.Field).Zip([PartOutcome.Missing, PartOutcome.StoodIn, PartOutcome.Answered], (counts, outcome) => (outcome, counts.Of(outcome))));
    }

    [Fact]
    public async Task Part_ThatDependsOnAnother_IsAskedWithItsAnswer_AndNotAtAllWithout()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/users/ada", """{"profile":{"id":"7/8","n":12,"tags":["x"]}}""");
        const string parts = """
            [{ service: order-service, path: "/by/{$parts.user#/profile/id}", field: orders, dependsOn: user, method: POST, input: { who: $parts.user#/profile, tenant: $tenant, missing: $parts.user#/no } },
             { service: user-service, path: "/users/{userId}", field: user, optional: true },
             { service: product-service, path: "/sum?n={$parts.user#/profile/n}", field: last, dependsOn: [user, orders], optional: true }]
            """;
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, parts.ReplaceLineEndings(" "));
        var (status, body, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal((200, """{"orders":{"target":"/by/7%2F8"},"user":{"profile":{"id":"7/8","n":12,"tags":["x"]}},"last":{"target":"/sum?n=12"}}"""), (status, body));
        Assert.Equal(["GET /users/ada", """POST /by/7%2F8 {"who":{"id":"7/8","n":12,"tags":["x"]},"tenant":"acme","missing":null}""", "GET /sum?n=12"], services.Asked);

        services.On("/users/ada", "{}", status: 503);
        services.Asked.Clear();
        (status, body, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal(502, status);
        Assert.Contains("user-service answered with status 503", body, StringComparison.Ordinal);
        Assert.Equal(["GET /users/ada"], services.Asked);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task Value_ThatWouldLeadElsewhere_IsRefused(string user)
    {
        await using PartServices services = await PartServices.StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: '/users/{q}/secret', field: a }]");
        var (status, _, _) = await AggregateGateway.AskAsync(gateway, $"/dashboard/all?q={user}");
        Assert.Equal(400, status);
        Assert.Empty(services.Asked);
    }

    [Fact]
    public async Task Value_NeverBecomesTwo()
    {
        await using PartServices services = await PartServices.StartAsync();
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: '/users/{q}?a={q}&k={kind}', field: a }]");
        await AggregateGateway.AskAsync(gateway, "/dashboard/x%2Fy?q=a%2F..%2Fb%26c=d%0D%0AX:%20y+z");
        Assert.Equal(["GET /users/a%2F..%2Fb%26c%3Dd%0D%0AX%3A%20y%20z?a=a%2F..%2Fb%26c%3Dd%0D%0AX%3A%20y%20z&k=x%2Fy"], services.Asked);
    }

    [Fact]
    public async Task Parts_SeeTheCaller_AndNothingOfTheClientsMessage()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/a", "1");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }]");
        var (_, _, response) = await AggregateGateway.AskAsync(gateway, with: request =>
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer t");
            request.Headers.TryAddWithoutValidation("Accept-Language", "de");
            request.Headers.TryAddWithoutValidation("X-Mine", "m");
            foreach (string name in new[] { "Range", "If-None-Match", "If-Match", "Idempotency-Key", "X-User-ID", "Accept-Encoding" })
                request.Headers.TryAddWithoutValidation(name, "mallory");
            request.Headers.TryAddWithoutValidation("Accept", "text/html");
        });

        Dictionary<string, string> fields = services.Fields["/a"];
        Assert.Equal(("Bearer t", "de", "m", "ada", "acme"), (fields["Authorization"], fields["Accept-Language"], fields["X-Mine"], fields["X-User-ID"], fields["X-Tenant-ID"]));
        Assert.Equal(("application/json", "identity"), (fields["Accept"], fields["Accept-Encoding"]));
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), fields["X-Request-ID"]);
        Assert.Contains("traceparent", fields.Keys);
        Assert.Contains("Via", fields.Keys);
        Assert.DoesNotContain(fields.Keys, name => name is "Range" or "If-None-Match" or "If-Match" or "Idempotency-Key" or "Content-Length");
    }

    [Fact]
    public async Task Answer_LargerThanItMayBe_IsRefused_ButAnOptionalPartTakesNothingFromTheOthers()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/large", $"\"{new string('x', 3000)}\"").On("/small", $"\"{new string('y', 500)}\"").On("/endless", async context =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("[[[[[[[[\"" + new string('x', 4000), CancellationToken.None);
        });
        const string large = "{ service: user-service, path: /large, field: large, fallback: 0 }, { service: user-service, path: /endless, field: endless, select: /x, fallback: 0 }";
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, $"{{ maxSize: 1KiB, parts: [{large}, {{ service: order-service, path: /small, field: small, dependsOn: [large, endless] }}] }}");
        var (status, body, _) = await AggregateGateway.AskAsync(gateway);
        Assert.Equal((200, 500), (status, JsonDocument.Parse(body).RootElement.GetProperty("small").GetString()!.Length));
        Assert.Contains("too large together", body, StringComparison.Ordinal);

        gateway.Reload(AggregateGateway.Document("{ maxSize: 1KiB, parts: [{ service: order-service, path: /small, field: a }, { service: order-service, path: /small, field: b }, { service: order-service, path: /small, field: c }] }"));
        Assert.Equal(502, (await AggregateGateway.AskAsync(gateway)).Status);
    }

    [Fact]
    public async Task Part_IsRetried_AndItsBreakerOpens()
    {
        await using PartServices services = await PartServices.StartAsync();
        int left = 1;
        services.On("/flaky", context =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref left) >= 0 ? 503 : 200;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("1");
        });
        const string parts = "[{ service: user-service, path: /flaky, field: a, optional: true, retry: { attempts: 2, baseDelay: 1ms }, breaker: { failures: 2, openFor: 60s } }]";
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, parts);
        Assert.Equal("""{"a":1}""", (await AggregateGateway.AskAsync(gateway)).Body);
        Assert.Equal(2, services.Asked.Count);

        left = int.MaxValue;
        await AggregateGateway.AskAsync(gateway);
        Assert.Contains("CIRCUIT_BREAKER_OPEN", (await AggregateGateway.AskAsync(gateway)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_ShareABulkheadInTurn()
    {
        await using PartServices services = await PartServices.StartAsync();
        string parts = string.Join(", ", Enumerable.Range(0, 6).Select(i => $"{{ service: user-service, path: /p{i}, field: f{i} }}"));
        await using TestGateway gateway = await AggregateGateway.StartAsync(
            services, $"[{parts}]", $"services: {{ user-service: {{ url: \"{services.Url}\", bulkhead: {{ maxConcurrent: 2, maxQueue: 100, maxWait: 20s }} }} }}");
        (int Status, string Body, HttpResponseMessage)[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AggregateGateway.AskAsync(gateway)));
        Assert.All(answers, answer => Assert.Equal((200, false), (answer.Status, answer.Body.Contains("errors", StringComparison.Ordinal))));
        Assert.Equal(30, services.Asked.Count);
    }

    [Fact]
    public async Task ClientThatGoesAway_BreaksAllPartsOff()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.Hanging("/users/ada").Hanging("/orders").Hanging("/products/recommendations");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, JsonOf(Printed));
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/all");
        request.Headers.Add("Test-User", "ada");
        Task<HttpResponseMessage> asking = gateway.Client.SendAsync(request, leaving.Token);
        await WaitUntil(() => services.Asked.Count == 3);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await WaitUntil(() => services.BrokenOff.Count == 3 && gateway.InFlight == 0);
        await WaitUntil(() => gateway.Failures.Contains("client_closed_request"));
    }

    [Fact]
    public async Task Head_HasTheFieldsOfTheAnswer_AndNoBody()
    {
        await using PartServices services = await PartServices.StartAsync();
        services.On("/a", "[1,2]");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }]");
        var (status, body, response) = await AggregateGateway.AskAsync(gateway, method: HttpMethod.Head);
        Assert.Equal((200, "", 11L), (status, body, response.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task LargeAnswers_OfUnknownLength_AreWhole()
    {
        await using PartServices services = await PartServices.StartAsync();
        string large = $"[{string.Join(",", Enumerable.Range(0, 50_000))}]";
        services.On("/a", large).On("/b", $"{{\"content\":{large}}}");
        await using TestGateway gateway = await AggregateGateway.StartAsync(services, "[{ service: user-service, path: /a, field: a }, { service: order-service, path: /b, field: b, select: /content }]");
        for (int i = 0; i < 3; i++)
            Assert.Equal($$"""{"a":{{large}},"b":{{large}}}""", (await AggregateGateway.AskAsync(gateway)).Body);
    }

    [Theory]
    [InlineData("[{ service: user-service, path: /a, field: errors }]", "HG2930")]
    [InlineData("[{ service: user-service, path: /a, field: a, method: HEAD }]", "HG2931")]
    [InlineData("[{ service: user-service, path: /a, field: a, input: $request.body#/x, method: POST }]", "HG2730")]
    [InlineData("[{ service: user-service, path: /a, field: a, dependsOn: b }, { service: user-service, path: /b, field: b, dependsOn: a }]", "HG2602")]
    public void Mistake_IsALoadError(string parts, string code)
    {
        PlanResult result = TestGateway.Compile(AggregateGateway.Options(new Uri("http://127.0.0.1:1")), AggregateGateway.Document(parts));
        Assert.Contains(result.Documents[0].Diagnostics.Items, item => item.Descriptor.Code == code && item.Severity == DiagnosticSeverity.Error);
    }

    private static void Answers(PartServices services) => services
        .Hanging("/late")
        .On("/no", "{\"error\":1}", status: 404)
        .On("/moved", "{}", status: 302)
        .On("/text", "<p>hello</p>", type: "text/html")
        .On("/broken", "{\"a\":1,}")
        .On("/cut", "{\"a\":1")
        .On("/good", "{\"n\":1}")
        .On("/empty", context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status204NoContent))
        .On("/coded", context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(new byte[] { 31, 139 }).AsTask();
        })
        .On("/drip", async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[1");
            await context.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            await using (context.RequestAborted.Register(gone.SetResult))
                await gone.Task;
        });

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    // Kotlin's maps and lists as JSON, which YAML takes.
    private static string JsonOf(string kotlin)
    {
        var open = new Stack<char>();
        var json = new StringBuilder();
        foreach (Match token in Tokens().Matches(kotlin[(kotlin.IndexOf(" to ", StringComparison.Ordinal) + 4)..]))
        {
            string text = token.Value;
            if (text is "listOf(" or "mapOf(")
            {
                open.Push(text == "listOf(" ? ']' : '}');
                json.Append(text == "listOf(" ? '[' : '{');
            }
            else
            {
                json.Append(text switch { ")" => open.Pop().ToString(), "to" => ": ", "," => ", ", _ => text });
            }
        }

        return json.ToString();
    }

    [GeneratedRegex("\"[^\"]*\"|listOf\\(|mapOf\\(|\\)|,|\\bto\\b")]
    private static partial Regex Tokens();
}
