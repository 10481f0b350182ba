using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Bodies and media types, through a real gateway: what is checked arrives at the service unchanged.</summary>
public sealed class BodyTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Bodies, version: "1" }
        x-gateway-config: { validation: { maxBody: 256KiB } }
        paths:
          /orders:
            post:
              parameters: [{ name: dry, in: query, schema: { type: boolean } }]
              requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } }, "text/*": {} } }
              responses: { "201": { description: made, content: { application/json: {}, text/csv: {} } } }
          /optional:
            post:
              requestBody: { content: { application/json: { schema: { type: object } } } }
              responses: { "201": { description: made }, default: { description: an error, content: { application/problem+json: {} } } }
          /form:
            post:
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded: { schema: { $ref: "#/components/schemas/Form" } }
                  multipart/form-data: { schema: { $ref: "#/components/schemas/Form" } }
              responses: { "201": { description: made } }
          /large:
            post:
              x-gateway-validation: { maxBody: 8MiB }
              requestBody: { content: { application/json: { schema: { type: string, minLength: 3000000 } } } }
              responses: { "201": { description: made } }
          /password:
            post:
              requestBody: { content: { application/json: { schema: { type: string, pattern: "^(?=.*\\d)" } } } }
              responses: { "201": { description: made } }
        components:
          schemas:
            Order:
              type: object
              required: [items]
              properties:
                id: { type: string, readOnly: true }
                note: { type: string }
                items: { type: array, minItems: 1, items: { type: object, required: [sku], properties: { sku: { type: string }, quantity: { type: integer, minimum: 1 } } } }
            Form:
              type: object
              required: [name]
              additionalProperties: false
              properties: { name: { type: string, minLength: 2 }, age: { type: integer }, tags: { type: array, items: { type: integer } }, photo: { type: string, format: binary } }
        """;

    private EchoUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await EchoUpstream.StartAsync();
        _gateway = await TestGateway.StartAsync(Document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [_upstream.Url] } });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"items":[{"sku":"A","quantity":2}]}""", "application/json; charset=utf-8")]
    [InlineData("""{"items":[{"sku":"\u00e9"}]}""", "APPLICATION/JSON")]
    [InlineData("anything", "text/plain")]
    public async Task Body_AsDeclared_ArrivesUnchanged(string body, string contentType)
    {
        using HttpResponseMessage answer = await SendAsync("/orders", new StringContent(body), contentType);
        using JsonDocument echo = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(body, echo.RootElement.GetProperty("body").GetString());
    }

    // Sizes around what goes out with the head, what one buffer holds, and what is checked on the event thread; whole and in chunks of many sizes.
    [Theory]
    [InlineData(3_000, 0)]
    [InlineData(20_000, 0)]
    [InlineData(40_000, 0)]
    [InlineData(250_000, 0)]
    [InlineData(3_000, 1_000)]
    [InlineData(20_000, 4_096)]
    [InlineData(40_000, 7)]
    [InlineData(250_000, 30_000)]
    public async Task Body_OfManyPieces_ArrivesUnchanged(int noteLength, int chunk)
    {
        string body = $$"""{"items":[{"sku":"A"}],"note":"{{string.Concat(Enumerable.Range(0, noteLength).Select(i => (char)('a' + (i % 26))))}}"}""";
        using HttpContent content = chunk == 0 ? new StringContent(body) : new PiecewiseContent(Encoding.UTF8.GetBytes(body), chunk);
        using HttpResponseMessage answer = await SendAsync("/orders", content, "application/json");
        using JsonDocument echo = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(body, echo.RootElement.GetProperty("body").GetString());
    }

    // More than the server buffers of a body that nobody reads: looking at it must make room for the rest.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_LargerThanTheServersBuffer_ArrivesUnchanged(bool isChunked)
    {
        byte[] body = Encoding.UTF8.GetBytes($"\"{new string('x', 3_000_000)}\"");
        using HttpResponseMessage answer = await SendAsync("/large", isChunked ? new PiecewiseContent(body, 100_000) : new ByteArrayContent(body), "application/json");
        using JsonDocument echo = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(body.Length, echo.RootElement.GetProperty("body").GetString()!.Length);
    }

    [Fact]
    public async Task Connection_AfterRefusedBodies_ServesOn()
    {
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage refused = await SendAsync("/orders", new PiecewiseContent(Encoding.UTF8.GetBytes($$"""{"items":[],"note":"{{new string('x', 50_000)}}"}"""), 9_000), "application/json");
            using HttpResponseMessage taken = await SendAsync("/orders", new StringContent("""{"items":[{"sku":"A"}]}"""), "application/json");

            Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        }
    }

    [Theory]
    [InlineData("/orders?dry=perhaps", """{"id":"1","items":[{"quantity":0}]}""", "#/query/dry must be boolean, is string|/id is read-only: a request must not have it|/items/0/quantity must be at least 1|/items/0/sku is required")]
    [InlineData("/orders", """{"items":[{"sku":"A"}""", " is JSON that ends too early")]
    [InlineData("/orders", """{"items":[],"items":[{"sku":"A"}]}""", " has an object with two members of one name, which ends at byte 34")]
    [InlineData("/orders", "[]", " must be object, is array")]
    [InlineData("/password", "\"abc\"", " must match the pattern ^(?=.*\\d)")]
    public async Task Body_NotAsDeclared_IsRefusedWithAllThatIsWrong(string target, string body, string expected)
    {
        using HttpResponseMessage answer = await SendAsync(target, new StringContent(body), "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(expected, await ErrorsOf(answer));
        Assert.Equal(0, _upstream.Requests);
    }

    [Theory]
    [InlineData("/orders", null, null, 400, " is required: the request has no body")]
    [InlineData("/optional", null, null, 200, "")]
    [InlineData("/orders", "<a/>", "application/xml", 415, "")]
    [InlineData("/orders", "{}", null, 415, "")]
    [InlineData("/orders", "a=b", "application/x-www-form-urlencoded", 415, "")]
    public async Task MediaType_OfABody_IsNegotiated(string target, string? body, string? contentType, int status, string errors)
    {
        using HttpResponseMessage answer = await SendAsync(target, body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(errors, status == 400 ? await ErrorsOf(answer) : "");
        if (status == 415)
            Assert.Equal("application/json, text/*", answer.Headers.GetValues("Accept").Single());
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("*/*", 200)]
    [InlineData("text/*;q=0.1", 200)]
    [InlineData("image/png, application/json;q=0.5", 200)]
    [InlineData("image/png", 406)]
    [InlineData("application/json;q=0, image/*", 406)]
    public async Task Accept_OfNoAnswer_IsRefused(string accept, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("""{"items":[{"sku":"A"}]}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage answer = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    // An error's media type is no answer to negotiate, and an answer without content suits everybody.
    [Fact]
    public async Task Accept_OfAnOperationWithoutContent_IsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/optional");
        request.Headers.TryAddWithoutValidation("Accept", "image/png");
        using HttpResponseMessage answer = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_OverTheBound_IsRefusedBeforeTheServiceSeesIt(bool declaresLength)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"items":[{"sku":"A"}],"note":"{{new string('x', 300_000)}}"}""");
        using HttpResponseMessage answer = await SendAsync("/orders", declaresLength ? new ByteArrayContent(body) : new PiecewiseContent(body, 50_000), "application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(0, _upstream.Requests);
    }

    // Nothing is checked, so nothing is held: the bound does not count.
    [Fact]
    public async Task Body_WithoutASchema_StreamsWhateverItsSize()
    {
        using HttpResponseMessage answer = await SendAsync("/orders", new ByteArrayContent(new byte[300_000]), "text/plain");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("name=Ann&age=7&tags=1&tags=2", "")]
    [InlineData("name=%C3%A9+x", "")]
    [InlineData("name=A&age=x&more=1", "/name must have at least 2 characters, has 1|/age must be integer, is string|/more is not a known member")]
    [InlineData("age=7", "/name is required")]
    [InlineData("name=Ann&name=Bob", "/name must be string, is array")]
    [InlineData("name=Ann&tags=x", "/tags/0 must be integer, is string")]
    [InlineData("name=%zz", "/name is not valid percent-encoded UTF-8")]
    public async Task Form_IsHeldToItsSchema(string body, string expected)
    {
        using HttpResponseMessage answer = await SendAsync("/form", new StringContent(body), "application/x-www-form-urlencoded");

        Assert.Equal(expected.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(expected, expected.Length == 0 ? "" : await ErrorsOf(answer));
    }

    [Theory]
    [InlineData("Ann", "7", "")]
    [InlineData("A", "x", "/name must have at least 2 characters, has 1|/age must be integer, is string")]
    public async Task Multipart_IsHeldToItsSchema(string name, string age, string expected)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent(name), "\"name\"" },
            { new StringContent(age), "\"age\"" },
            { new StringContent("1"), "\"tags\"" },
            { new StringContent("2"), "\"tags\"" },
            { new ByteArrayContent([0xFF, 0x0D, 0x0A, 0x2D, 0x2D, 0x00]) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "\"photo\"", "a.png" },
        };
        using HttpResponseMessage answer = await _gateway.Client.PostAsync(new Uri("/form", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.IsSuccessStatusCode ? "" : await ErrorsOf(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--b\r\n")]
    [InlineData("--b\r\n\r\nno name\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n")]
    [InlineData("--other\r\n\r\n--other--")]
    public async Task Multipart_ThatIsBroken_IsRefused(string body)
    {
        using HttpResponseMessage answer = await SendAsync("/form", new StringContent(body.Length == 0 ? " " : body), "multipart/form-data; boundary=b");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<string> ErrorsOf(HttpResponseMessage answer)
    {
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return string.Join('|', problem.RootElement.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("detail")}"));
    }

    private async Task<HttpResponseMessage> SendAsync(string target, HttpContent? content, string? contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        if (content is not null)
            content.Headers.ContentType = null;
        if (contentType is not null)
            content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
