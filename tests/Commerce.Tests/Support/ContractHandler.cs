using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>
/// Stands between every test and every service, and fails the test when an answer is not what the service's document
/// promises: undocumented path, status, header or content.
/// </summary>
internal sealed class ContractHandler(string service) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly ApiDocument _document = ApiDocument.Of(service);

    /// <summary>Each operation and status that was seen, as <c>createOrder 201</c>.</summary>
    public ConcurrentDictionary<string, byte> Seen { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var call = $"{service}: {request.Method} {request.RequestUri!.AbsolutePath} -> {(int)response.StatusCode}";
        if (_document.Find(request.Method.Method, request.RequestUri.AbsolutePath) is not { } operation)
        {
            // What no document speaks of must not be there.
            Assert.True((int)response.StatusCode is 404 or 405, $"{call}: the operation is not documented");
            return response;
        }

        Seen[$"{operation.Id} {(int)response.StatusCode}"] = 0;
        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var documented = operation.Definition["responses"]![status];
        Assert.True(documented is not null, $"{call}: the status is not documented; {await response.Content.ReadAsStringAsync(cancellationToken)}");
        await CheckAsync(response, _document.Resolve(documented!).AsObject(), call, cancellationToken);
        return response;
    }

    private async Task CheckAsync(HttpResponseMessage response, JsonObject documented, string call, CancellationToken cancellationToken)
    {
        foreach (var (header, _) in documented["headers"]?.AsObject() ?? [])
            Assert.True(response.Headers.Contains(header), $"{call}: the documented header {header} is missing");
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (documented["content"]?["text/html"] is not null)
        {
            Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(body);
            return;
        }

        if (documented["content"]?["application/json"]?["schema"] is not { } schema)
        {
            Assert.True(body.Length == 0, $"{call}: no content is documented");
            return;
        }

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var errors = new SchemaChecker(_document).Check(JsonNode.Parse(body), schema);
        Assert.True(errors.Count == 0, $"{call}: {string.Join("; ", errors)}\n{body}");
    }
}
