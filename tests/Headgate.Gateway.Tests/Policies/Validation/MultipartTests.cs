using System.Net;
using System.Net.Http.Headers;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>Multipart forms: parts by their schemas and Encoding Objects, and everything that two receivers could divide or read in two ways.</summary>
public sealed class MultipartTests : IAsyncLifetime
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Multipart, version: "1" }
        paths:
          /upload:
            post:
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [meta, file]
                      properties:
                        meta: { type: object, required: [k], properties: { k: { type: integer } } }
                        file: { type: string, format: binary, minLength: 1, maxLength: 8 }
                        files: { type: array, maxItems: 2, items: { type: string, format: binary } }
                        icon: {}
                        page: { type: object }
                        note: { type: string, maxLength: 5 }
                        num: { type: integer }
                        filename: { type: integer }
                        list: { type: array, items: { type: object, required: [q] } }
                        either: { anyOf: [{ type: string, maxLength: 3 }, { type: object, required: [e] }] }
                        loose: { properties: { l: { type: integer } } }
                    encoding:
                      icon: { contentType: "image/png, image/jpeg" }
                      page: { contentType: application/xml }
                      file: { headers: { X-Part: { required: true, schema: { type: integer } }, Content-Type: { required: true, schema: { type: integer } } } }
              responses: { "200": { description: ok } }
        """;

    private const string Ambiguous = "400  is not well-formed multipart/form-data, or has more than 256 parts";
    private const string Meta = "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}";
    private const string File = "Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\nX-Part: 1\r\n\r\n\u00FF\u0000\r\n-";

    private ValidatedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ValidatedGateway.StartAsync(Document);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData("200")]
    [InlineData("200", "name=\"files\"; filename=\"1\"\r\n\r\n\u00FF", "name=\"files\"; filename=\"2\"\r\n\r\n\u00FF")]
    [InlineData("400 /files must have at most 2 items, has 3", "name=\"files\"\r\n\r\n1", "name=\"files\"\r\n\r\n2", "name=\"files\"\r\n\r\n3")]
    [InlineData("200", "name=\"icon\"; filename=\"1\"\r\nContent-Type: image/png\r\n\r\n\u00FF")]
    [InlineData("400 /icon must be of the media type image/png, image/jpeg", "name=\"icon\"; filename=\"1\"\r\nContent-Type: text/html\r\n\r\n<")]
    [InlineData("200", "name=page\r\nContent-Type: application/xml\r\n\r\n<page/>")]
    [InlineData("200", "name=list\r\nContent-Type: application/json\r\n\r\n{\"q\":1}", "name=list\r\n\r\n{\"q\":2}")]
    [InlineData("400 /list/1/q is required", "name=list\r\n\r\n{\"q\":1}", "name=list\r\n\r\n{}")]
    [InlineData("200", "name=either\r\n\r\nabc")]
    [InlineData("200", "name=either\r\n\r\n{}")]
    [InlineData("400 /loose/l must be integer, is string", "name=loose\r\nContent-Type: application/json\r\n\r\n{\"l\":\"x\"}")]
    [InlineData("200", "name=loose\r\n\r\nany text")]
    [InlineData("200", "name=num\r\n\r\n7", "name=further; filename=x\r\n\r\n\u00FF")]
    [InlineData("400 /num must be integer, is string", "name=num\r\n\r\nseven")]
    public async Task Part_IsReadAsItsSchemaAndEncodingSay(string expected, params string[] parts) => Assert.Equal(expected, await SendAsync([Meta, File, .. parts.Select(Disposed)]));

    // Whoever calls a text a file, an image or anything else gets it past no check.
    [Theory]
    [InlineData("400 /note must have at most 5 characters, has 8", "name=\"note\"; filename=\"x\"\r\n\r\ntoo long")]
    [InlineData("400 /note must have at most 5 characters, has 8", "name=\"note\"\r\nContent-Type: image/png\r\n\r\ntoo long")]
    [InlineData("400 /note must be text in UTF-8", "name=\"note\"; filename=\"x\"\r\n\r\n\u00FF")]
    [InlineData("400 /note must be text in UTF-8", "name=\"note\"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\nab")]
    [InlineData("400 /_charset_ must be UTF-8", "name=\"_charset_\"\r\n\r\nutf-16")]
    [InlineData("200", "name=\"_charset_\"\r\n\r\nUTF-8")]
    [InlineData("400 /num must be integer, is string", "name=\"num\"; filename=\"1\"\r\n\r\nabc")]
    [InlineData("400 /filename must be integer, is string", "name=\"filename\"\r\n\r\nabc")]
    public async Task Part_ThatCallsItselfAnotherThing_IsCheckedAllTheSame(string expected, params string[] parts) => Assert.Equal(expected, await SendAsync([Meta, File, .. parts.Select(Disposed)]));

    [Theory]
    [InlineData("400 /meta/k must be integer, is string", "name=\"meta\"\r\n\r\n{\"k\":\"1\"}", "name=\"file\"\r\nX-Part: 1\r\n\r\nx")]
    [InlineData("400 /meta is JSON that ends too early", "name=\"meta\"\r\n\r\n{", "name=\"file\"\r\nX-Part: 1\r\n\r\nx")]
    [InlineData("400 /meta is required", "name=\"file\"\r\nX-Part: 1\r\n\r\nx")]
    [InlineData("400 /file is required", "name=\"meta\"\r\n\r\n{\"k\":1}")]
    [InlineData("400 /file must have at least 1 bytes, has 0", "name=\"meta\"\r\n\r\n{\"k\":1}", "name=\"file\"\r\nX-Part: 1\r\n\r\n")]
    [InlineData("400 /file must have at most 8 bytes, has 9", "name=\"meta\"\r\n\r\n{\"k\":1}", "name=\"file\"\r\nX-Part: 1\r\n\r\n\u00FF23456789")]
    [InlineData("400 /file must have the header field X-Part", "name=\"meta\"\r\n\r\n{\"k\":1}", "name=\"file\"\r\n\r\nx")]
    [InlineData("400 /file has a header field X-Part that must be integer, is string", "name=\"meta\"\r\n\r\n{\"k\":1}", "name=\"file\"\r\nx-part: one\r\n\r\nx")]
    public async Task Part_ThatIsRequired_IsHeldToItsSchema(string expected, params string[] parts) => Assert.Equal(expected, await SendAsync([.. parts.Select(Disposed)]));

    [Theory]
    [InlineData("Content-Disposition: form-data; name=\"num\"; name=\"note\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"a\\\"; name=\\\"num\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name*=utf-8''num\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"note\"\r\nContent-Disposition: form-data; name=\"num\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"note\"\r\nContent-Type: text/plain\r\nContent-Type: image/png\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data;\r\n name=\"note\"\r\n\r\nabc")]
    [InlineData("Content-Disposition : form-data; name=\"note\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"note\"\nX: y\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"\u00C1\u00A1\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: attachment; name=\"note\"\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data\r\n\r\nabc")]
    [InlineData("Content-Type: text/plain\r\n\r\nabc")]
    [InlineData("Content-Disposition: form-data; name=\"note\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj")]
    [InlineData("Content-Disposition: form-data; name=\"note\"\r\n\r\na\r\n--BBX\r\nb")]
    [InlineData("Content-Disposition: form-data; name=\"note\"")]
    public async Task Part_OfWhichThereAreTwoReadings_IsRefused(string part) => Assert.Equal(Ambiguous, await SendAsync([Meta, File, part]));

    [Theory]
    [InlineData("multipart/form-data; boundary=BB", "", "\r\n--BB--\r\n", "200")]
    [InlineData("multipart/form-data; boundary=\"BB\"", "", "\r\n--BB--", "200")]
    [InlineData("multipart/form-data; x=\"; boundary=CC\"; boundary=BB", "", "\r\n--BB--", "200")]
    [InlineData("multipart/form-data; boundary=BB", "preamble\r\n", "\r\n--BB-- \t\r\nepilogue", "200")]
    [InlineData("multipart/form-data; boundary=BB", "preamble--BB\r\n\r\n", "\r\n--BB--", Ambiguous)]
    [InlineData("multipart/form-data; boundary=BB", "preamble\n", "\r\n--BB--", Ambiguous)]
    [InlineData("multipart/form-data; boundary=BB", "", "", Ambiguous)]
    [InlineData("multipart/form-data; boundary=BB", "", "\r\n--BB\r\n", Ambiguous)]
    [InlineData("multipart/form-data; boundary=BB", "", "\r\n--BB--epilogue", Ambiguous)]
    [InlineData("multipart/form-data; boundary=CC", "", "\r\n--BB--", Ambiguous)]
    [InlineData("multipart/form-data", "", "\r\n--BB--", "400  is multipart without a boundary")]
    [InlineData("multipart/form-data; boundary=BB; boundary=CC", "", "\r\n--BB--", "415 The Content-Type is not one media type; the operation takes multipart/form-data.")]
    public async Task Boundary_DividesInOneWay(string contentType, string before, string end, string expected) =>
        Assert.Equal(expected, await _gateway.AskAsync("POST", "/upload", $"{before}--BB\r\n{Meta}\r\n--BB\r\n{File}{end}", $"Content-Type: {contentType}"));

    [Fact]
    public async Task Parts_BeyondTheBound_AreRefused() => Assert.Equal(Ambiguous, await SendAsync([Meta, File, .. Enumerable.Range(0, 255).Select(i => Disposed($"name=n{i}\r\n\r\n"))]));

    [Fact]
    public async Task Parts_UpToTheBound_AreTaken() => Assert.Equal("200", await SendAsync([Meta, File, .. Enumerable.Range(0, 254).Select(i => Disposed($"name=n{i}\r\n\r\n"))]));

    // As .NET's own client writes them: names without quotes, and the extended form of the file's name.
    [Fact]
    public async Task Form_OfTheFrameworksClient_IsTaken()
    {
        var file = new ByteArrayContent([0xFF]) { Headers = { { "X-Part", "1" }, { "Content-Type", "image/png" } } };
        using var content = new MultipartFormDataContent
        {
            { new StringContent("""{"k":1}""", new MediaTypeHeaderValue("application/json", "utf-8")), "meta" },
            { file, "file", "ünïcode.png" },
        };
        using HttpResponseMessage answer = await _gateway.Gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static string Disposed(string part) => $"Content-Disposition: form-data; {part}";

    private Task<string> SendAsync(string[] parts) =>
        _gateway.AskAsync("POST", "/upload", string.Concat(parts.Select(part => $"--BB\r\n{part}\r\n")) + "--BB--\r\n", "Content-Type: multipart/form-data; boundary=BB");
}
