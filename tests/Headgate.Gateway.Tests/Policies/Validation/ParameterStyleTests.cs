namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>
/// Every row of the table of styles (OAS 3.1.1 §4.8.12.4) as it is printed there, and next to each what only looks like it; then what the table leaves open.
/// </summary>
public sealed class ParameterStyleTests : IAsyncLifetime
{
    private ValidatedGateway _gateway = null!;

    private static string Document
    {
        get
        {
            string[] path = ["matrix/false", "matrix/true", "label/false", "label/true", "simple/false", "simple/true"];
            string[] query = ["form/false", "form/true", "spaceDelimited/false", "pipeDelimited/false", "deepObject/true"];
            IEnumerable<string> operations = path.SelectMany(row => Kinds.Select(kind => $"  /{row}/{kind.Name}/{{color}}: {Operation("path", row, kind.Schema)}"))
                .Concat(query.SelectMany(row => Kinds.Select(kind => $"  /{row}/{kind.Name}: {Operation("query", row, kind.Schema)}")));
            return $$"""
                openapi: 3.1.0
                info: { title: Styles, version: "1" }
                paths:
                {{string.Join('\n', operations)}}
                  /defaults/{color}:
                    parameters:
                      - { name: color, in: path, required: true, schema: { type: integer } }
                      - { name: page, in: query, schema: { type: integer } }
                      - { $ref: "#/components/parameters/Verbose" }
                    get:
                      parameters: [{ name: page, in: query, schema: { enum: [first, last] } }]
                      responses: { "200": { description: ok } }
                  /matrix/true/texts/{color}: {{Operation("path", "matrix/true", "{ type: object, required: [R], additionalProperties: { enum: [x, \"\"] } }")}}
                  /free:
                    get:
                      parameters:
                        - { name: freeForm, in: query, schema: { type: object, additionalProperties: { type: integer } } }
                        - { name: q, in: query, schema: { type: string } }
                      responses: { "200": { description: ok } }
                  /deep:
                    get:
                      parameters: [{ name: filter, in: query, style: deepObject, explode: true, schema: { type: object, additionalProperties: { type: integer } } }]
                      responses: { "200": { description: ok } }
                  /needed:
                    get:
                      parameters: [{ name: n, in: query, required: true, schema: { type: integer, default: 3 } }]
                      responses: { "200": { description: ok } }
                  /reserved:
                    get:
                      parameters: [{ name: u, in: query, allowReserved: true, schema: { type: string, format: uri } }]
                      responses: { "200": { description: ok } }
                  /cookies:
                    get:
                      parameters:
                        - { name: s, in: cookie, schema: { type: integer } }
                        - { name: o, in: cookie, explode: false, schema: { $ref: "#/components/schemas/Color" } }
                      responses: { "200": { description: ok } }
                  /headers:
                    get:
                      parameters:
                        - { name: X-Color, in: header, schema: { $ref: "#/components/schemas/Color" } }
                        - { name: X-Colors, in: header, explode: true, schema: { $ref: "#/components/schemas/Color" } }
                        - { name: X-Json, in: header, content: { application/json: { schema: { $ref: "#/components/schemas/Color" } } } }
                      responses: { "200": { description: ok } }
                components:
                  parameters: { Verbose: { name: verbose, in: query, schema: { type: boolean } } }
                  schemas:
                    Color: { type: object, required: [R], additionalProperties: false, properties: { R: { type: integer }, G: { type: integer }, B: { type: integer } } }
                """;
        }
    }

    private static readonly (string Name, string Schema)[] Kinds =
    [
        ("string", "{ enum: [blue, \"\"] }"),
        ("array", "{ type: array, items: { enum: [blue, black, brown] } }"),
        ("object", "{ $ref: \"#/components/schemas/Color\" }"),
    ];

    private static string Operation(string location, string row, string schema) =>
        $$"""{ get: { parameters: [{ name: color, in: {{location}}, required: true, style: {{row.Split('/')[0]}}, explode: {{row.Split('/')[1]}}, schema: {{schema}} }], responses: { "200": { description: ok } } } }""";

    public async ValueTask InitializeAsync() => _gateway = await ValidatedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("/matrix/false/string/;color")]
    [InlineData("/matrix/false/string/;color=blue")]
    [InlineData("/matrix/false/array/;color=blue,black,brown")]
    [InlineData("/matrix/false/object/;color=R,100,G,200,B,150")]
    [InlineData("/matrix/true/string/;color")]
    [InlineData("/matrix/true/string/;color=blue")]
    [InlineData("/matrix/true/array/;color=blue;color=black;color=brown")]
    [InlineData("/matrix/true/object/;R=100;G=200;B=150")]
    [InlineData("/matrix/true/texts/;R;G=x")]
    [InlineData("/label/false/string/.blue")]
    [InlineData("/label/false/array/.blue,black,brown")]
    [InlineData("/label/false/object/.R,100,G,200,B,150")]
    [InlineData("/label/true/string/.blue")]
    [InlineData("/label/true/array/.blue.black.brown")]
    [InlineData("/label/true/object/.R=100.G=200.B=150")]
    [InlineData("/simple/false/string/blue")]
    [InlineData("/simple/false/array/blue,black,brown")]
    [InlineData("/simple/false/object/R,100,G,200,B,150")]
    [InlineData("/simple/true/string/blue")]
    [InlineData("/simple/true/array/blue,black,brown")]
    [InlineData("/simple/true/object/R=100,G=200,B=150")]
    [InlineData("/form/false/string?color=")]
    [InlineData("/form/false/string?color=blue")]
    [InlineData("/form/false/array?color=blue,black,brown")]
    [InlineData("/form/false/object?color=R,100,G,200,B,150")]
    [InlineData("/form/true/string?color=")]
    [InlineData("/form/true/string?color=blue")]
    [InlineData("/form/true/array?color=blue&color=black&color=brown")]
    [InlineData("/form/true/object?R=100&G=200&B=150")]
    [InlineData("/spaceDelimited/false/array?color=blue%20black%20brown")]
    [InlineData("/spaceDelimited/false/object?color=R%20100%20G%20200%20B%20150")]
    [InlineData("/pipeDelimited/false/array?color=blue%7Cblack%7Cbrown")]
    [InlineData("/pipeDelimited/false/object?color=R%7C100%7CG%7C200%7CB%7C150")]
    [InlineData("/deepObject/true/object?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150")]
    public async Task Value_OfTheTable_IsTaken(string target) => Assert.Equal("200", await _gateway.AskAsync("GET", target));

    [Theory]
    [InlineData("/matrix/false/string/;colour=blue", "#/path/color must name itself: ;color=… (style matrix)")]
    [InlineData("/matrix/false/string/;color=red", "#/path/color must be one of \"blue\", \"\"")]
    [InlineData("/matrix/false/array/;color=blue,red", "#/path/color/1 must be one of \"blue\", \"black\", \"brown\"")]
    [InlineData("/matrix/true/array/;other=blue;color=black", "#/path/color must name itself: ;color=… (style matrix)")]
    [InlineData("/matrix/true/object/;R=100;R=200", "#/path/color has a member that is given more than once")]
    [InlineData("/label/false/object/.R,100,R,200", "#/path/color has a member that is given more than once")]
    [InlineData("/label/true/object/.G=200", "#/path/color/R is required")]
    [InlineData("/simple/false/object/R,100,G", "#/path/color has a name without a value")]
    [InlineData("/simple/true/object/R=100,R=200", "#/path/color has a member that is given more than once")]
    [InlineData("/form/false/array?color=blue,,black", "#/query/color/1 must be one of \"blue\", \"black\", \"brown\"")]
    [InlineData("/form/false/object?color=R,1,R,2", "#/query/color has a member that is given more than once")]
    [InlineData("/form/true/object?R=1&R=2", "#/query/color has a member that is given more than once")]
    [InlineData("/form/true/object?G=1", "#/query/color/R is required")]
    [InlineData("/spaceDelimited/false/array?color=blue%20red", "#/query/color/1 must be one of \"blue\", \"black\", \"brown\"")]
    [InlineData("/pipeDelimited/false/object?color=R%7Cx", "#/query/color/R must be integer, is string")]
    [InlineData("/deepObject/true/object?color[R]=1&color[X]=2", "#/query/color/X is not a known member")]
    [InlineData("/deepObject/true/object?color=1", "#/query/color is required")]
    public async Task Value_ThatOnlyLooksLikeIt_IsRefused(string target, string errors) => Assert.Equal($"400 {errors}", await _gateway.AskAsync("GET", target));

    [Theory]
    [InlineData("/defaults/3?page=last&verbose=true", "200")]
    [InlineData("/defaults/x?page=3&verbose=perhaps", "400 #/path/color must be integer, is string|#/query/page must be one of \"first\", \"last\"|#/query/verbose must be boolean, is string")]
    [InlineData("/free?a=1&b=2&q=text", "200")]
    [InlineData("/free?a=x&q=text", "400 #/query/freeForm/a must be integer, is string")]
    [InlineData("/deep?filter[a]=1", "200")]
    [InlineData("/deep?filter[a]=x", "400 #/query/filter/a must be integer, is string")]
    [InlineData("/needed", "400 #/query/n is required")]
    [InlineData("/reserved?u=http://a.example/b:c?d;e=@!$*", "200")]
    [InlineData("/reserved?u=a%20b", "400 #/query/u must be an absolute URI (RFC 3986)")]
    public async Task Parameter_OfAPathAnOperationAndAReference_IsMerged_AndHeldToItsSchema(string target, string expected) => Assert.Equal(expected, await _gateway.AskAsync("GET", target));

    [Theory]
    [InlineData("200", "/cookies", "Cookie: s=1; o=R,1,G,2")]
    [InlineData("200", "/cookies", "Cookie: _ga%=50%; s=1")]
    [InlineData("200", "/cookies", "Cookie: s=%31")]
    [InlineData("200", "/cookies", "Cookie: \ts=1 ;a=2")]
    [InlineData("200", "/cookies", "Cookie: s = 1 ; ;  = ")]
    [InlineData("400 #/cookie/s must be integer, is string", "/cookies", "Cookie: s =x")]
    [InlineData("400 #/cookie/s is given more than once", "/cookies", "Cookie: s=1;\ts=2")]
    [InlineData("400 #/cookie/s is given more than once", "/cookies", "Cookie: s=1; s=2")]
    [InlineData("400 #/cookie/s must be integer, is string", "/cookies", "Cookie: a=1", "Cookie: s=x")]
    [InlineData("200", "/headers", "X-Color: R,1, G,2", "X-Colors: R=1, G=2", "X-Json: {\"R\":1,\"G\":2}")]
    [InlineData("400 #/header/X-Color has a name without a value|#/header/X-Colors/R must be integer, is string|#/header/X-Json/R must be integer, is string", "/headers", "X-Color: R,1,G", "X-Colors: R=a", "X-Json: {\"R\":\"1\"}")]
    [InlineData("400 #/header/X-Colors has a member that is given more than once", "/headers", "X-Colors: R=1", "X-Colors: R=2")]
    public async Task CookiesAndHeaderFields_AreReadInTheirStyles(string expected, string target, params string[] headers) => Assert.Equal(expected, await _gateway.AskAsync("GET", target, null, headers));
}
