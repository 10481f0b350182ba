using System.Net.Http.Json;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.OpenApi.Diagnostics;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.HeaderTransforms;

/// <summary>Which header fields services and clients see beside, and in place of, those that were sent.</summary>
public class HeaderTransformTests
{
    private static readonly Dictionary<string, string> s_secrets = new() { ["upstream-key"] = "s3cr3t", ["two-lines"] = "a\r\nX-User-ID: root" };

    [Fact]
    public async Task Service_SeesTheFieldsThatTheDocumentAsksFor()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync();
        await using TestGateway gateway = await StartAsync(
            upstream, "requestHeaders: { remove: [Cookie, X-Debug], set: { Authorization: \"Bearer ${secret:upstream-key}\", X-Plan: gold }, add: { Accept-Language: de } }");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a");
        foreach ((string name, string value) in new[] { ("Cookie", "a=b"), ("x-debug", "1"), ("Authorization", "Bearer client"), ("X-PLAN", "free"), ("Accept-Language", "en"), ("X-Other", "stays") })
            request.Headers.TryAddWithoutValidation(name, value);

        using HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        JsonElement seen = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("headers");

        Assert.Equal("Bearer s3cr3t", Field(seen, "Authorization"));
        Assert.Equal("gold", Field(seen, "X-Plan"));
        Assert.Equal("en,de", Field(seen, "Accept-Language"));
        Assert.Equal("stays", Field(seen, "X-Other"));
        Assert.Null(Field(seen, "Cookie"));
        Assert.Null(Field(seen, "X-Debug"));

        // The next request on the connection goes to an operation without changes.
        using HttpResponseMessage other = await gateway.Client.GetAsync("/b", TestContext.Current.CancellationToken);
        Assert.Null(Field((await other.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("headers"), "X-Plan"));
    }

    [Fact]
    public async Task Client_SeesTheFieldsThatTheDocumentAsksFor_ErrorsOfTheGatewayStay()
    {
        await using EchoUpstream upstream = await EchoUpstream.StartAsync(context =>
        {
            (context.Response.Headers.Server, context.Response.Headers["X-Powered-By"], context.Response.Headers["Vary"]) = ("shop/1.2", "PHP", "Accept");
            return Task.CompletedTask;
        });
        await using TestGateway gateway = await StartAsync(upstream, "responseHeaders: { remove: X-Powered-By, set: { Server: edge }, add: { Vary: X-Plan } }");
        using HttpResponseMessage response = await gateway.Client.GetAsync("/a", TestContext.Current.CancellationToken);
        Assert.Equal("edge", response.Headers.Server.ToString());
        Assert.False(response.Headers.Contains("X-Powered-By"));
        Assert.Equal(["Accept", "X-Plan"], response.Headers.Vary);

        await upstream.DisposeAsync();
        using HttpResponseMessage error = await gateway.Client.GetAsync("/a", TestContext.Current.CancellationToken);
        Assert.Equal(502, (int)error.StatusCode);
        Assert.Empty(error.Headers.Server);
    }

    [Theory]
    [InlineData("requestHeaders: { set: { X-User-ID: root } }", "X-User-ID")]
    [InlineData("requestHeaders: { add: { transfer-encoding: gzip } }", "transfer-encoding")]
    [InlineData("requestHeaders: { remove: [X-Request-ID] }", "X-Request-ID")]
    [InlineData("requestHeaders: { set: { Host: other.example } }", "Host")]
    [InlineData("responseHeaders: { set: { Content-Length: \"3\" } }", "Content-Length")]
    [InlineData("responseHeaders: { remove: Connection }", "Connection")]
    public void Field_ThatIsNotTheDocumentsToChange_IsRefused(string settings, string name)
    {
        Diagnostic error = Assert.Single(Errors(settings));
        Assert.Equal(HeaderTransformDiagnostics.OwnField.Code, error.Code);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "There is no secret 'nowhere'.")]
    [InlineData("two-lines", "The secret 'two-lines' has a line end or another control character.")]
    public void Secret_ThatCannotBeUsed_IsAnErrorThatDoesNotShowIt(string name, string message)
    {
        Diagnostic error = Assert.Single(Errors($"requestHeaders: {{ set: {{ X-Key: \"${{secret:{name}}}\" }} }}"));
        Assert.Equal((PlanDiagnostics.SecretMissing.Code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Secret_OfADocumentThatIsOnlyLookedAt_IsNotMissed()
    {
        PlanResult result = TestGateway.Compile(new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") }, Document("requestHeaders: { set: { X-Key: \"${secret:nowhere}\" } }"));
        Assert.False(result.Documents[0].Diagnostics.HasErrors);
    }

    private static Diagnostic[] Errors(string settings)
    {
        var options = new PlanOptions { Upstream = new Uri("http://127.0.0.1:9"), Secrets = s_secrets.GetValueOrDefault };
        return [.. TestGateway.Compile(options, Document(settings)).Documents[0].Diagnostics.Items.Where(item => item.Severity == DiagnosticSeverity.Error)];
    }

    private static Task<TestGateway> StartAsync(EchoUpstream upstream, string settings) =>
        TestGateway.StartAsync(Document(settings), new PlanOptions { Upstream = upstream.Url, Secrets = s_secrets.GetValueOrDefault });

    private static string Document(string settings) => LimitedGateway.Document("services: {}", $"x-gateway-backend: {{ {settings} }}");

    private static string? Field(JsonElement headers, string name) =>
        headers.EnumerateObject().Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value.GetString()).SingleOrDefault();
}
