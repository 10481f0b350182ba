using System.Net;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Parameters in every place and style, through a real gateway.</summary>
public sealed class ParameterTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Parameters, version: "1" }
        paths:
          /simple/{id}:
            get:
              parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
              responses: { "200": { description: ok } }
          /list/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: array, maxItems: 2, items: { type: integer } } }], responses: { "200": { description: ok } } } }
          /object/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { $ref: "#/components/schemas/Point" } }], responses: { "200": { description: ok } } } }
          /exploded/{id}: { get: { parameters: [{ name: id, in: path, required: true, explode: true, schema: { $ref: "#/components/schemas/Point" } }], responses: { "200": { description: ok } } } }
          /label/{id}: { get: { parameters: [{ name: id, in: path, required: true, style: label, explode: true, schema: { type: array, items: { type: integer } } }], responses: { "200": { description: ok } } } }
          /labels/{id}: { get: { parameters: [{ name: id, in: path, required: true, style: label, schema: { $ref: "#/components/schemas/Point" } }], responses: { "200": { description: ok } } } }
          /matrix/{id}: { get: { parameters: [{ name: id, in: path, required: true, style: matrix, schema: { type: integer } }], responses: { "200": { description: ok } } } }
          /matrices/{id}: { get: { parameters: [{ name: id, in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: integer } } }], responses: { "200": { description: ok } } } }
          /matrixobject/{id}: { get: { parameters: [{ name: id, in: path, required: true, style: matrix, explode: true, schema: { $ref: "#/components/schemas/Point" } }], responses: { "200": { description: ok } } } }
          /query:
            get:
              parameters:
                - { name: page, in: query, schema: { type: integer, minimum: 1, default: 1 } }
                - { name: q, in: query, schema: { type: string, maxLength: 5 } }
                - { name: status, in: query, schema: { type: array, items: { enum: [NEW, PAID] } } }
                - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
                - { name: tags, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { maxLength: 3, type: string } } }
                - { name: words, in: query, style: spaceDelimited, explode: false, schema: { type: array, minItems: 2, items: { type: string } } }
                - { name: filter, in: query, style: deepObject, schema: { type: object, additionalProperties: false, properties: { min: { type: number }, kinds: { type: array, items: { type: integer } } } } }
                - { name: point, in: query, schema: { $ref: "#/components/schemas/Point" } }
                - { name: flag, in: query, allowEmptyValue: true, schema: { type: boolean } }
                - { name: json, in: query, content: { application/json: { schema: { $ref: "#/components/schemas/Point" } } } }
                - { name: since, in: query, schema: { type: string, format: date-time } }
                - { name: maybe, in: query, schema: { type: [integer, "null"] } }
              responses: { "200": { description: ok } }
          /strict:
            get:
              x-gateway-validation: { refuseUnknownQuery: true }
              parameters:
                - { name: page, in: query, required: true, schema: { type: integer } }
                - { name: filter, in: query, style: deepObject, schema: { type: object } }
              responses: { "200": { description: ok } }
          /headers:
            get:
              parameters:
                - { name: X-Request-ID, in: header, required: true, schema: { type: string, minLength: 5 } }
                - { name: X-Limit, in: header, schema: { type: integer } }
                - { name: X-Tags, in: header, schema: { type: array, uniqueItems: true, items: { type: string } } }
                - { name: X-Needed, in: header, required: true, schema: { type: string } }
                - { name: session, in: cookie, schema: { type: string, format: uuid } }
                - { name: sizes, in: cookie, explode: false, schema: { type: array, items: { type: integer } } }
              responses: { "200": { description: ok } }
          /off:
            get:
              x-gateway-validation: false
              parameters: [{ name: page, in: query, required: true, schema: { type: integer } }]
              responses: { "200": { description: ok } }
        components:
          schemas:
            Point: { type: object, required: [x], properties: { x: { type: integer }, y: { type: integer } } }
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
    [InlineData("/simple/7")]
    [InlineData("/simple/%37")]
    [InlineData("/list/1,2")]
    [InlineData("/object/x,1,y,2")]
    [InlineData("/exploded/x=1,y=2")]
    [InlineData("/label/.1.2.3")]
    [InlineData("/labels/.x,1")]
    [InlineData("/matrix/;id=7")]
    [InlineData("/matrices/;id=7;id=8")]
    [InlineData("/matrixobject/;x=1;y=2")]
    [InlineData("/query")]
    [InlineData("/query?")]
    [InlineData("/query?page=2&q=abc&unknown=1")]
    [InlineData("/query?q=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9")]
    [InlineData("/query?%70age=2")]
    [InlineData("/query?status=NEW&page=1&status=PAID")]
    [InlineData("/query?ids=1,2,3")]
    [InlineData("/query?tags=abc|d%7Cef")]
    [InlineData("/query?words=a%20b+c")]
    [InlineData("/query?filter[min]=1.5&filter%5Bkinds%5D=1&filter[kinds]=2")]
    [InlineData("/query?x=1&y=2")]
    [InlineData("/query?flag=")]
    [InlineData("/query?flag")]
    [InlineData("/query?flag=true")]
    [InlineData("/query?json=%7B%22x%22%3A1%7D")]
    [InlineData("/query?since=2026-03-01T12:00:00%2B01:00")]
    [InlineData("/query?maybe=")]
    [InlineData("/query?maybe=4")]
    [InlineData("/strict?page=1&filter[a]=2")]
    [InlineData("/off?page=x")]
    public async Task Request_AsDeclared_IsForwarded(string target)
    {
        using HttpResponseMessage answer = await _gateway.Client.GetAsync(new Uri(target, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/simple/0", "#/path/id must be at least 1")]
    [InlineData("/simple/x", "#/path/id must be integer, is string")]
    [InlineData("/simple/1,2", "#/path/id must be integer, is string")]
    [InlineData("/simple/%FF", "#/path/id is not valid percent-encoded UTF-8")]
    [InlineData("/list/1,2,3", "#/path/id must have at most 2 items, has 3")]
    [InlineData("/list/1,b", "#/path/id/1 must be integer, is string")]
    [InlineData("/object/y,1", "#/path/id/x is required")]
    [InlineData("/object/x,1,y", "#/path/id has a name without a value")]
    [InlineData("/exploded/x=b", "#/path/id/x must be integer, is string")]
    [InlineData("/exploded/x", "#/path/id has a name without a value")]
    [InlineData("/label/1.2", "#/path/id must begin with '.' (style label)")]
    [InlineData("/label/.1.b", "#/path/id/1 must be integer, is string")]
    [InlineData("/matrix/7", "#/path/id must begin with ';' (style matrix)")]
    [InlineData("/matrices/;id=7;id=b", "#/path/id/1 must be integer, is string")]
    [InlineData("/matrixobject/;y=2", "#/path/id/x is required")]
    [InlineData("/query?page=0&q=abcdef", "#/query/page must be at least 1|#/query/q must have at most 5 characters, has 6")]
    [InlineData("/query?page=1&page=2", "#/query/page is given more than once")]
    [InlineData("/query?page=", "#/query/page must be integer, is string")]
    [InlineData("/query?page=%FF", "#/query/page is not valid percent-encoded UTF-8")]
    [InlineData("/query?status=NEW&status=OLD", "#/query/status/1 must be one of \"NEW\", \"PAID\"")]
    [InlineData("/query?ids=1,b", "#/query/ids/1 must be integer, is string")]
    [InlineData("/query?tags=abcd|a", "#/query/tags/0 must have at most 3 characters, has 4")]
    [InlineData("/query?words=a", "#/query/words must have at least 2 items, has 1")]
    [InlineData("/query?filter[min]=a&filter[max]=1", "#/query/filter/min must be number, is string|#/query/filter/max is not a known member")]
    [InlineData("/query?filter[min]=1&filter[min]=2", "#/query/filter has a member that is given more than once")]
    [InlineData("/query?filter[kinds]=1&filter[kinds]=b", "#/query/filter/kinds/1 must be integer, is string")]
    [InlineData("/query?y=2", "#/query/point/x is required")]
    [InlineData("/query?flag=maybe", "#/query/flag must be boolean, is string")]
    [InlineData("/query?json=%7B%7D", "#/query/json/x is required")]
    [InlineData("/query?json=%7B", "#/query/json is JSON that ends too early")]
    [InlineData("/query?since=2026-03-01T12:00:00+01:00", "#/query/since must be a time stamp such as 2026-03-01T12:30:00Z (RFC 3339)")]
    [InlineData("/strict", "#/query/page is required")]
    [InlineData("/strict?page=1&more=2&more=3", "#/query/more is not a parameter of this operation")]
    public async Task Request_NotAsDeclared_IsRefusedWithAllThatIsWrong(string target, string expected)
    {
        using HttpResponseMessage answer = await _gateway.Client.GetAsync(new Uri(target, UriKind.Relative), TestContext.Current.CancellationToken);
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("VALIDATION_ERROR", problem.RootElement.GetProperty("code").GetString());
        Assert.Equal(expected, string.Join('|', problem.RootElement.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("detail")}")));
        Assert.Equal(0, _upstream.Requests);
    }

    [Theory]
    [InlineData("", "X-Needed: a")]
    [InlineData("", "X-Needed: a", "X-Limit: 5", "X-Tags: a, b", "Cookie: session=0190b6a5-7f3a-7c3e-8a55-0a8d3f0d7a11; other=1; sizes=1,2")]
    [InlineData("#/header/X-Needed is required")]
    [InlineData("#/header/X-Limit must be integer, is string", "X-Needed: a", "X-Limit: many")]
    [InlineData("#/header/X-Tags/2 must not repeat the item /0", "X-Needed: a", "X-Tags: a, b", "X-Tags: a")]
    [InlineData("#/cookie/session must be a UUID (RFC 9562)", "X-Needed: a", "Cookie: session=1")]
    [InlineData("#/cookie/sizes/1 must be integer, is string", "X-Needed: a", "Cookie: a=b; sizes=1,x")]
    public async Task HeadersAndCookies_AreHeldToTheirSchemas(string expected, params string[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        foreach (string header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(':')[0], header.Split(':', 2)[1].Trim());
        using HttpResponseMessage answer = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        string found = problem.RootElement.TryGetProperty("errors", out JsonElement errors) ? string.Join('|', errors.EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("detail")}")) : "";
        Assert.Equal(expected, found);
        Assert.Equal(expected.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
