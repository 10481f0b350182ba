using Headgate.Gateway.Policies.Validation;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Which body and which answer a media type stands for, and what a body may not say of itself that is checked.</summary>
public sealed class MediaTypeTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Media types, version: "1" }
        paths:
          /json: { post: { requestBody: { required: true, content: { application/json: { schema: { type: object } } } }, responses: { "200": { description: ok } } } }
          /optional: { post: { requestBody: { content: { application/json: { schema: { type: object } } } }, responses: { "200": { description: ok } } } }
          /utf8: { post: { requestBody: { content: { "application/json; charset=utf-8": { schema: { type: object } } } }, responses: { "200": { description: ok } } } }
          /ranges:
            post:
              requestBody:
                content:
                  application/*: { schema: { required: [any] } }
                  application/vnd.x+json: { schema: { required: [x] } }
                  application/vnd.v+json;version=1: { schema: { required: [one] } }
                  "application/vnd.v+json; version=2": { schema: { required: [two] } }
              responses: { "200": { description: ok } }
        """;

    private ValidatedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ValidatedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("application/json", "200")]
    [InlineData("Application/JSON;", "200")]
    [InlineData("application/json ; charset=\"UTF-8\"", "200")]
    [InlineData("application/json; charset=us-ascii", "200")]
    [InlineData("application/json; charset=utf-16", "415 A body that is checked has to be in UTF-8.")]
    [InlineData("application/json; charset=iso-8859-1", "415 A body that is checked has to be in UTF-8.")]
    [InlineData("application/json; x=\"; charset=utf-16\"", "200")]
    [InlineData("application/json; charset=utf-8; charset=utf-16", "415 The Content-Type is not one media type; the operation takes application/json.")]
    [InlineData("application/json, text/plain", "415 The Content-Type is not one media type; the operation takes application/json.")]
    [InlineData("application/json; x=\"\\\"\"", "415 The Content-Type is not one media type; the operation takes application/json.")]
    [InlineData("application/json; x", "415 The Content-Type is not one media type; the operation takes application/json.")]
    [InlineData("json", "415 The Content-Type is not one media type; the operation takes application/json.")]
    [InlineData("application/problem+json", "415 The operation takes application/json.")]
    [InlineData("*/*", "415 The operation takes application/json.")]
    [InlineData("", "415 The body has no Content-Type; the operation takes application/json.")]
    public async Task ContentType_IsReadAsEveryReceiverWould(string contentType, string expected) => Assert.Equal(expected, await _gateway.AskAsync("POST", "/json", "{}", $"Content-Type: {contentType}"));

    [Fact]
    public async Task ContentType_ThatStandsTwice_IsRefused() =>
        Assert.Equal("415 The Content-Type is not one media type; the operation takes application/json.", await _gateway.AskAsync("POST", "/json", "{}", "Content-Type: application/json", "Content-Type: text/plain"));

    [Theory]
    [InlineData("application/json", """{"any":1}""", "200")]
    [InlineData("application/vnd.y+json", "{}", "400 /any is required")]
    [InlineData("application/vnd.x+json", """{"any":1}""", "400 /x is required")]
    [InlineData("application/vnd.v+json;version=1", """{"one":1}""", "200")]
    [InlineData("application/vnd.v+json; version=\"2\"", """{"one":1}""", "400 /two is required")]
    [InlineData("application/vnd.v+json;version=3", """{"any":1}""", "200")]
    [InlineData("application/vnd.v+json", """{"any":1}""", "400 /one is required")]
    [InlineData("application/x-www-form-urlencoded", "any=1", "200")]
    [InlineData("application/x-www-form-urlencoded", "x=1", "400 /any is required")]
    [InlineData("application/pdf", "%PDF", "200")]
    public async Task Key_ThatIsMostExact_Counts(string contentType, string body, string expected) => Assert.Equal(expected, await _gateway.AskAsync("POST", "/ranges", body, $"Content-Type: {contentType}"));

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task Charset_OfAKey_IsNoCondition(string contentType) => Assert.Equal("200", await _gateway.AskAsync("POST", "/utf8", "{}", $"Content-Type: {contentType}"));

    // What the service would read after decoding is not what was checked.
    [Theory]
    [InlineData("gzip", "415 A body that is checked must have no Content-Encoding.")]
    [InlineData("identity, br", "415 A body that is checked must have no Content-Encoding.")]
    [InlineData("identity", "200")]
    public async Task ContentEncoding_OfACheckedBody_IsRefused(string encoding, string expected) => Assert.Equal(expected, await _gateway.AskAsync("POST", "/json", "{}", "Content-Type: application/json", $"Content-Encoding: {encoding}"));

    [Theory]
    [InlineData("/json", "400  is required: the request has no body")]
    [InlineData("/optional", "200")]
    public async Task Body_InChunksOfWhichThereAreNone_IsNone(string target, string expected) =>
        Assert.Equal(expected, await _gateway.AskAsync("POST", target, "0\r\n\r\n", "Content-Type: application/json", "Transfer-Encoding: chunked"));

    [Theory]
    [InlineData("*/*", true)]
    [InlineData("text/csv;q=0.1", true)]
    [InlineData("application/*;q=0, application/json", true)]
    [InlineData("*/*, application/json;q=0, text/csv;q=0.000", false)]
    [InlineData("*/*, application/json;q=0", true)]
    [InlineData("application/json;profile=\"a,b;q=0\"", true)]
    [InlineData("image/png;x=\"application/json\"", false)]
    [InlineData(", ,", true)]
    [InlineData("application/vnd.x+json", false)]
    public void Accept_IsDecidedByTheMostSpecificRange(string accept, bool expected) => Assert.Equal(expected, new AnswerTypes(["application/json", "text/csv"]).AreAcceptable(accept));

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/*", true)]
    [InlineData("image/png;q=0", false)]
    [InlineData("text/plain", false)]
    public void Accept_OfADeclaredRange_TakesAnyOfIt(string accept, bool expected) => Assert.Equal(expected, new AnswerTypes(["image/*"]).AreAcceptable(accept));
}
