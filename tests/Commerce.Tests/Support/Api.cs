using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>A client of one service with one identity; every answer is checked against the service's document.</summary>
internal sealed class Api : IDisposable
{
    private readonly ContractHandler _contract;
    private readonly HttpClient _client;

    public Api(string service, Uri address, params (string Name, string? Value)[] headers)
    {
        _contract = new ContractHandler(service);
        _client = new HttpClient(_contract) { BaseAddress = address };
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            _client.DefaultRequestHeaders.Add(name, value);
    }

    public IReadOnlyCollection<string> Seen => [.. _contract.Seen.Keys];

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Reply> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Reply> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new Reply((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, response.Headers) { Content = text };
    }

    public void Dispose() => _client.Dispose();
}
