using FsCheck;
using FsCheck.Fluent;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>Requests of rubbish over real sockets: each gets an answer, none of them a fault of the gateway's, and the gateway serves on.</summary>
public sealed class HostileMessageTests : IAsyncLifetime
{
    private const int Runs = 150;

    private const string Document = """
        openapi: 3.1.0
        info: { title: Hostile, version: "1" }
        paths:
          /query:
            get:
              parameters:
                - { name: a, in: query, schema: { type: array, items: { type: integer } } }
                - { name: name, in: query, style: deepObject, explode: true, schema: { type: object } }
                - { name: b, in: query, content: { application/json: { schema: { type: object } } } }
              responses: { "200": { description: ok } }
          /cookies:
            get:
              parameters: [{ name: a, in: cookie, schema: { type: integer } }, { name: b, in: cookie, explode: false, schema: { type: array, items: { type: string } } }]
              responses: { "200": { description: ok } }
          /form:
            post:
              x-gateway-validation: { maxBody: 1KiB }
              requestBody:
                content:
                  application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: integer }, b: { type: object }, name: { type: array, items: { type: string } } } } }
                  multipart/form-data: { schema: { type: object, properties: { a: { type: integer }, b: { type: object }, name: { type: array, items: { type: string } } } } }
              responses: { "200": { description: ok } }
        """;

    private ValidatedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ValidatedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/query")]
    [InlineData("/cookies")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=BB")]
    public async Task Rubbish_IsAnsweredWithoutAFault(string kind)
    {
        Gen<string> texts = Gen.OneOf(
            FuzzTexts.Rubbish, FuzzTexts.Mutated("a=1&b={}&name[x]=1", "a=1; b=x,y", "--BB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BB--\r\n"), FuzzTexts.Rubbish.Select(text => string.Concat(Enumerable.Repeat(text + "&", 40))));
        int passed = 0;
        await Task.Run(() => Prop.ForAll(Arb.From(texts), text =>
        {
            string answer = AskAsync(kind, text).GetAwaiter().GetResult();
            passed += answer == "200" ? 1 : 0;
            Assert.Matches("^(200|400 |413 )", answer);
        }).Check(FuzzTexts.Config(Runs)));

        Assert.InRange(passed, 1, Runs - 1);
        Assert.Equal("200", await _gateway.AskAsync("GET", "/query?a=1"));
    }

    // A body that is checked is read up to its bound and not a byte further, whatever it declares.
    [Theory]
    [InlineData(1024, "200")]
    [InlineData(1025, "413 The body is larger than the 1024 bytes that this operation takes of a body that it checks.")]
    public async Task Body_AtTheBound_IsDecidedExactly(int length, string expected)
    {
        string body = "a=1&x=".PadRight(length, 'x');
        Assert.Equal(expected, await _gateway.AskAsync("POST", "/form", body, "Content-Type: application/x-www-form-urlencoded"));
        Assert.Equal(expected, await _gateway.AskAsync("POST", "/form", $"{length:x}\r\n{body}\r\n0\r\n\r\n", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked"));
    }

    private Task<string> AskAsync(string kind, string text)
    {
        // What ends a line of the head is Kestrel's to judge; the rest reaches the gateway.
        string inHead = string.Concat(text.Where(c => c is > ' ' and < '\u007f' and not '#'));
        return kind switch
        {
            "/query" => _gateway.AskAsync("GET", $"/query?{inHead}"),
            "/cookies" => _gateway.AskAsync("GET", "/cookies", null, $"Cookie: {inHead}"),
            _ => _gateway.AskAsync("POST", "/form", text, $"Content-Type: {kind}"),
        };
    }
}
