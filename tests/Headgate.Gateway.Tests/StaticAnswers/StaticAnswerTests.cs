using System.Net;
using System.Net.Http.Headers;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.StaticAnswers;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Tests.StaticAnswers;

/// <summary>Answers that the document gives: which one, in which form, under which conditions.</summary>
public class StaticAnswerTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        paths:
          /orders/{orderId}:
            parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
            get:
              operationId: getOrder
              x-gateway-static: true
              responses:
                "200":
                  description: The order
                  content:
                    application/json:
                      examples:
                        open: { value: { id: o-1, status: OPEN } }
                        paid: { $ref: "#/components/examples/paid" }
                    application/xml: { example: "<order id='o-1'/>" }
                "404":
                  description: There is none
                  content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } }
                "410": { description: Gone }
                "500": { description: Nothing to show, content: { application/json: { schema: { type: object } } } }
            delete:
              operationId: cancelOrder
              x-gateway-static: true
              responses: { "204": { description: Cancelled } }
          /orders:
            post:
              operationId: createOrder
              x-gateway-static: { status: 201, headers: { Location: /orders/o-2, X-Kind: static }, body: { id: o-2, by: $request.header.X-By, text: "page {$request.query.page}" } }
              parameters: [{ name: page, in: query, schema: { type: string } }, { name: X-By, in: header, schema: { type: string } }]
              responses: { "201": { description: Made, content: { application/json: {} } }, "409": { description: Twice, content: { application/json: { example: { taken: true } } } } }
            put:
              operationId: replaceOrders
              x-gateway-static: true
              responses: { "200": { description: Replaced, content: { application/json: { example: [] } } } }
          /hello:
            get:
              operationId: hello
              x-gateway-static: { contentType: text/plain; charset=utf-8, body: "Good day", headers: { Cache-Control: max-age=60 }, prefer: false }
              responses: { "200": { description: A greeting, content: { text/plain: {} } }, "503": { description: Busy } }
          /old:
            get:
              operationId: old
              x-gateway-static: { status: 308, headers: { Location: /new } }
              responses: { "308": { description: Moved } }
        components:
          examples: { paid: { value: { id: o-1, status: PAID } } }
          schemas: { Problem: { type: object, example: { title: No such order } } }
        """;

    [Theory]
    [InlineData("GET /orders/o-1", "", "", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("GET /orders/o-1", "application/xml", "", "200 application/xml <order id='o-1'/>")]
    [InlineData("GET /orders/o-1", "application/json;q=0.1, application/*;q=0.5", "", "200 application/xml <order id='o-1'/>")]
    [InlineData("GET /orders/o-1", "*/*;q=0.1", "", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("GET /orders/o-1", "", "example=paid", "200 application/json {\"id\":\"o-1\",\"status\":\"PAID\"} example=\"paid\"")]
    [InlineData("GET /orders/o-1", "", "respond-async, Example = \"paid\" ; x=1", "200 application/json {\"id\":\"o-1\",\"status\":\"PAID\"} example=\"paid\"")]
    [InlineData("GET /orders/o-1", "", "code=404", "404 application/problem+json {\"title\":\"No such order\"} code=404")]
    [InlineData("GET /orders/o-1", "application/xml", "code=404", "404 application/problem+json {\"title\":\"No such order\"} code=404")]
    [InlineData("GET /orders/o-1", "", "code=410, example=paid", "410   code=410")]
    [InlineData("GET /orders/o-1", "", "code=500", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("GET /orders/o-1", "", "code=999999999999, example=none", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("GET /orders/o-1", "", "example=\"pa", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("GET /orders/o-1", "", "return=minimal", "200 application/json {\"id\":\"o-1\",\"status\":\"OPEN\"}")]
    [InlineData("DELETE /orders/o-1", "", "", "204  ")]
    [InlineData("DELETE /orders/o-1", "", "return=minimal", "204  ")]
    [InlineData("PUT /orders", "", "return=minimal", "204   return=minimal")]
    [InlineData("POST /orders?page=2", "", "return=minimal", "201   return=minimal")]
    [InlineData("POST /orders?page=2", "", "", "201 application/json {\"id\":\"o-2\",\"by\":\"ada\",\"text\":\"page 2\"}")]
    [InlineData("POST /orders", "", "", "201 application/json {\"id\":\"o-2\",\"by\":\"ada\",\"text\":\"page \"}")]
    [InlineData("POST /orders", "", "code=409", "409 application/json {\"taken\":true} code=409")]
    [InlineData("GET /hello", "", "code=503", "200 text/plain; charset=utf-8 Good day")]
    [InlineData("GET /old", "", "", "308  ")]
    public async Task Request_GetsTheAnswerThatItAsksFor(string line, string accept, string prefer, string expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage response = await SendAsync(gateway, line, ("Accept", accept), ("Prefer", prefer), ("X-By", "ada"));
        string applied = response.Headers.TryGetValues("Preference-Applied", out IEnumerable<string>? values) ? $" {values.Single()}" : "";
        Assert.Equal(expected, $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}{applied}");
    }

    [Theory]
    [InlineData("GET /orders/o-1", "Accept, Prefer", "")]
    [InlineData("POST /orders", "Prefer", "/orders/o-2")]
    [InlineData("GET /hello", "", "")]
    [InlineData("DELETE /orders/o-1", "", "")]
    [InlineData("GET /old", "", "/new")]
    public async Task Answer_SaysWhatItVariesBy_AndHasTheFieldsOfTheDocument(string line, string vary, string location)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage response = await SendAsync(gateway, line);
        Assert.Equal((vary, location), (string.Join(", ", response.Headers.Vary), response.Headers.Location?.ToString() ?? ""));
    }

    // Its fields belong to the answer that the document gives, not to another that a client chooses.
    [Fact]
    public async Task ChosenAnswer_HasNotTheFieldsOfTheUsualOne()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage usual = await SendAsync(gateway, "POST /orders");
        using HttpResponseMessage chosen = await SendAsync(gateway, "POST /orders", ("Prefer", "code=409"));
        Assert.Equal((true, false), (usual.Headers.Contains("X-Kind"), chosen.Headers.Contains("X-Kind")));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/json;q=0, application/xml;q=0.0")]
    public async Task ClientThatAcceptsNothingOfIt_Gets406_AndItVariesToo(string accept)
    {
        foreach (string config in new[] { "", "x-gateway-config: { validation: { requests: false } }" })
        {
            await using TestGateway gateway = await TestGateway.StartAsync($"{Document}\n{config}");
            using HttpResponseMessage response = await SendAsync(gateway, "GET /orders/o-1", ("Accept", accept));
            Assert.Equal((406, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.ToString()));
            if (config.Length > 0)
                Assert.Equal(["Accept", "Prefer"], response.Headers.Vary);
        }
    }

    // What no header field can hold is told without its value: the answer itself must not fail for it.
    [Theory]
    [InlineData("größe", "example")]
    [InlineData("two words", "example=\"two words\"")]
    public async Task ExampleWithAnyName_CanBeAskedFor(string name, string applied)
    {
        OperationPlan operation = TestGateway.Compile(new PlanOptions(), Document.Replace("paid: { $ref", $"'{name}': {{ $ref", StringComparison.Ordinal)).Plan.Apis[0].Operations[0];
        GatewayContext context = TestRequest.Ended(operation, "/orders/o-1");
        context.Request.Headers["Prefer"] = $"example=\"{name}\"";
        await operation.Handler.HandleAsync(context);
        Assert.Equal((200, applied), (context.Response.StatusCode, context.Response.Headers["Preference-Applied"].ToString()));
    }

    [Fact]
    public async Task Head_IsTheHeadOfGet()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage get = await SendAsync(gateway, "GET /orders/o-1");
        using HttpResponseMessage head = await SendAsync(gateway, "HEAD /orders/o-1");
        Assert.Equal((get.StatusCode, get.Headers.ETag, get.Content.Headers.ContentLength, get.Content.Headers.ContentType), (head.StatusCode, head.Headers.ETag, head.Content.Headers.ContentLength, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("If-None-Match", "ETAG", 304)]
    [InlineData("If-None-Match", "W/ETAG", 304)]
    [InlineData("If-None-Match", "\"a,b\", ETAG", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"other\"", 200)]
    [InlineData("If-Match", "ETAG", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "W/ETAG", 412)]
    [InlineData("If-Match", "\"other\"", 412)]
    [InlineData("If-Modified-Since", "DATE", 304)]
    [InlineData("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT", 200)]
    [InlineData("If-Modified-Since", "Sunday, 06-Nov-94 08:49:37 GMT", 200)]
    [InlineData("If-Modified-Since", "yesterday", 200)]
    [InlineData("If-Unmodified-Since", "DATE", 200)]
    [InlineData("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT", 412)]
    public async Task ConditionalRequest_IsAnsweredAsRfc9110Says(string name, string value, int expected)
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage whole = await SendAsync(gateway, "GET /hello");
        string condition = value.Replace("ETAG", whole.Headers.ETag!.ToString(), StringComparison.Ordinal).Replace("DATE", $"{whole.Content.Headers.LastModified:r}", StringComparison.Ordinal);
        foreach (string method in new[] { "GET", "HEAD" })
        {
            using HttpResponseMessage response = await SendAsync(gateway, $"{method} /hello", (name, condition));
            Assert.Equal(expected, (int)response.StatusCode);
            if (expected == 304)
                Assert.Equal((whole.Headers.ETag, "max-age=60", null), (response.Headers.ETag, response.Headers.CacheControl!.ToString(), response.Content.Headers.ContentType));
            else if (expected == 412)
                Assert.DoesNotContain("max-age", $"{response.Headers.CacheControl}", StringComparison.Ordinal);
        }
    }

    // RFC 9110 §13.1.3 and §13.1.4: the tag decides, whatever the date says.
    [Fact]
    public async Task Tags_GoBeforeDates()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        using HttpResponseMessage whole = await SendAsync(gateway, "GET /hello");
        using HttpResponseMessage other = await SendAsync(gateway, "GET /hello", ("If-None-Match", "\"other\""), ("If-Modified-Since", $"{whole.Content.Headers.LastModified:r}"));
        using HttpResponseMessage same = await SendAsync(gateway, "GET /hello", ("If-Match", whole.Headers.ETag!.ToString()), ("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, same.StatusCode));
    }

    // A compressed answer has a weak tag (it is not the same bytes), by which the client may still ask whether it has the answer.
    [Fact]
    public async Task CompressedAnswer_IsKnownAgain()
    {
        await using TestGateway gateway = await TestGateway.StartAsync($"{Document}\nx-gateway-config: {{ compression: {{ minSize: 0 }} }}");
        using HttpResponseMessage compressed = await SendAsync(gateway, "GET /hello", ("Accept-Encoding", "gzip"));
        Assert.True(compressed.Headers.ETag!.IsWeak);
        using HttpResponseMessage known = await SendAsync(gateway, "GET /hello", ("Accept-Encoding", "gzip"), ("If-None-Match", compressed.Headers.ETag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task Reload_ThatChangesNothingOfAnAnswer_LeavesItAsOldAsItIs()
    {
        var time = new ManualTime();
        await using TestGateway gateway = await TestGateway.StartAsync(Document, time: time);
        using HttpResponseMessage first = await SendAsync(gateway, "GET /hello");
        time.Advance(TimeSpan.FromHours(1));
        gateway.Reload(Document);
        using HttpResponseMessage second = await SendAsync(gateway, "GET /hello");
        gateway.Reload(Document.Replace("Good day", "Good evening", StringComparison.Ordinal));
        using HttpResponseMessage changed = await SendAsync(gateway, "GET /hello");
        Assert.Equal((first.Headers.ETag, first.Content.Headers.LastModified), (second.Headers.ETag, second.Content.Headers.LastModified));
        Assert.Equal(time.GetUtcNow(), changed.Content.Headers.LastModified);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
    }

    // It stands in for services: everything before the handler holds as ever.
    [Fact]
    public async Task StaticOperation_IsHeldToTheDocument_AndReachesNoService()
    {
        string secured = Document.Replace("x-gateway-static: true\n      responses:\n        \"200\":", "x-gateway-static: true\n      x-gateway-backend: { service: nowhere }\n      x-gateway-rate-limit: { limit: 1, window: 1m, by: ip }\n      responses:\n        \"200\":", StringComparison.Ordinal)
            + "\nx-gateway-config: { services: { nowhere: { url: http://127.0.0.1:1 } } }";
        Assert.NotEqual(Document.Length + 65, secured.Length);
        await using TestGateway gateway = await TestGateway.StartAsync(secured);
        using HttpResponseMessage first = await SendAsync(gateway, "GET /orders/o-1");
        using HttpResponseMessage second = await SendAsync(gateway, "GET /orders/o-1");
        Assert.Equal((200, 429), ((int)first.StatusCode, (int)second.StatusCode));
    }

    [Fact]
    public async Task Listings_SayWhatIsAnswered()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(Document);
        Assert.Equal(
            [
                "answers 200 application/json 'open' or 200 application/xml from the document; by Prefer also 404, 410",
                "answers 204 from the document",
                "answers 201 application/json from the document; by Prefer also 409",
                "answers 200 application/json from the document",
                "answers 200 text/plain; charset=utf-8 from the document",
                "answers 308 from the document",
            ],
            gateway.Plan.Apis[0].Operations.Select(operation => operation.Handler.Describe()));
    }

    [Fact]
    public void Settings_OfThePage_AreTheRecord() =>
        new ReferencePage("static-answers.md").Holds("x-gateway-static", ExtensionReferenceWriter.WriteTable(typeof(StaticExtension)));

    [Fact]
    public async Task Example_OfThePage_AnswersAsItSays()
    {
        string[] lines = new ReferencePage("static-answers.md").Read().Split('\n');
        await using TestGateway gateway = await TestGateway.StartAsync(string.Join('\n', lines.SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```")));
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith("| request |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim(' ', '`')).ToArray())];
        Assert.True(rows.Length > 5);
        foreach (string[] row in rows)
        {
            string[] field = row[1].Split(": ", 2);
            using HttpResponseMessage response = await SendAsync(gateway, row[0], field.Length == 2 ? [(field[0], field[1])] : []);
            Assert.Equal((row[0], row[1], row[2], row[3]), (row[0], row[1], $"{(int)response.StatusCode}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) is var body && response.StatusCode == HttpStatusCode.NotAcceptable ? "" : body));
        }
    }

    // The overlay of the page makes every operation of a document static, whatever its service.
    [Fact]
    public void Overlay_OfThePage_StandsInForAllServices()
    {
        string page = new ReferencePage("static-answers.md").Read();
        int start = page.IndexOf("overlay: 1.0.0", StringComparison.Ordinal);
        LoadResult load = new DocumentLoader(GatewayExtensions.RegisterAll(new ExtensionRegistry())).Load(
            DocumentSource.FromText("api.yaml", Document.Replace("x-gateway-static", "x-other", StringComparison.Ordinal)),
            [DocumentSource.FromText("mock.yaml", page[start..page.IndexOf("```", start, StringComparison.Ordinal)])]);
        Assert.Empty(load.Diagnostics.Items);
        Assert.All(load.Document!.Operations, operation => Assert.True(operation.Extensions.Get<StaticExtension>()!.Enabled));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string line, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(new HttpMethod(line.Split(' ')[0]), line.Split(' ')[1]);
        foreach ((string name, string value) in fields.Where(field => field.Value.Length > 0))
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
