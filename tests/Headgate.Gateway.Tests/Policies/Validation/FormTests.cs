namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Forms whose fields are encoded as the document says (OAS 3.1.1 §4.8.15).</summary>
public sealed class FormTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Forms, version: "1" }
        paths:
          /form:
            post:
              requestBody:
                required: true
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      required: [name]
                      properties:
                        name: { type: string }
                        tags: { type: array, items: { type: integer } }
                        pipes: { type: array, items: { type: integer } }
                        words: { type: array, items: { enum: [a, b] } }
                        deep: { type: object, required: [x], properties: { x: { type: integer } } }
                        spread: { type: object, required: [left], properties: { left: { type: integer }, right: { type: integer } } }
                        text: { type: string, minLength: 3 }
                        quoted: { type: string, maxLength: 3 }
                        address: { type: object, required: [street], properties: { street: { type: string } } }
                        lines: { type: array, items: { type: object, required: [sku] } }
                      additionalProperties: { type: integer }
                    encoding:
                      tags: { style: form, explode: false }
                      pipes: { style: pipeDelimited }
                      words: { style: spaceDelimited }
                      deep: { style: deepObject, explode: true }
                      spread: { style: form }
                      quoted: { contentType: application/json }
              responses: { "200": { description: ok } }
        """;

    private ValidatedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ValidatedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("name=a&tags=1,2", "200")]
    [InlineData("name=a&tags=1,x", "400 /tags/1 must be integer, is string")]
    [InlineData("name=a&pipes=1%7C2&words=a+b", "200")]
    [InlineData("name=a&pipes=1|x&words=a%20c", "400 /pipes/1 must be integer, is string|/words/1 must be one of \"a\", \"b\"")]
    [InlineData("name=a&deep[x]=1&deep%5By%5D=any", "200")]
    [InlineData("name=a&deep[y]=1", "400 /deep/x is required")]
    [InlineData("name=a&deep[x]=1&deep[x]=2", "400 /deep has a member that is given more than once")]
    [InlineData("name=a&left=1&right=2", "200")]
    [InlineData("name=a&right=x", "400 /spread/right must be integer, is string|/spread/left is required")]
    [InlineData("name=a&address=%7B%22street%22:%22Canal%22%7D", "200")]
    [InlineData("name=a&address=%7B%7D", "400 /address/street is required")]
    [InlineData("name=a&address=Canal&text=a", "400 /address is not JSON: unexpected character at byte 0|/text must have at least 3 characters, has 1")]
    [InlineData("address=%7B%22street%22:1,%22street%22:2%7D", "400 /address has an object with two members of one name, which ends at byte 23|/name is required")]
    [InlineData("name=a&lines=%7B%22sku%22:1%7D&lines=%7B%7D", "400 /lines/1/sku is required")]
    [InlineData("name=a&quoted=%22abc%22", "200")]
    [InlineData("name=a&quoted=abc", "400 /quoted is not JSON: unexpected character at byte 0")]
    [InlineData("name=a&further=1", "200")]
    [InlineData("name=a&further=x", "400 /further must be integer, is string")]
    [InlineData("name=a& text=a", "400 / text must be integer, is string")]
    [InlineData(" name=a", "400 / name must be integer, is string|/name is required")]
    [InlineData("name=a&text=%zz", "400 /text is not valid percent-encoded UTF-8")]
    public async Task Field_IsReadAsItsEncodingSays(string body, string expected) => Assert.Equal(expected, await _gateway.AskAsync("POST", "/form", body, "Content-Type: application/x-www-form-urlencoded"));

    [Fact]
    public async Task Fields_BeyondTheBound_AreRefused() =>
        Assert.StartsWith("400  is a form with", await _gateway.AskAsync("POST", "/form", string.Join('&', Enumerable.Range(0, 1001).Select(i => $"f{i}=1")), "Content-Type: application/x-www-form-urlencoded"), StringComparison.Ordinal);

    // As many names as there may be, each of which is there twice: they are linked, not searched for.
    [Fact]
    public async Task Fields_OfManyNames_AreEachFound()
    {
        string body = "name=a&" + string.Join('&', Enumerable.Range(0, 499).Select(i => $"f{i}=1")) + "&" + string.Join('&', Enumerable.Range(0, 499).Select(i => $"f{i}=1"));

        string answer = await _gateway.AskAsync("POST", "/form", body, "Content-Type: application/x-www-form-urlencoded");

        Assert.StartsWith("400 /f0 must be integer, is array|/f1 must be integer, is array|", answer, StringComparison.Ordinal);
    }
}
