using System.Net.Http.Headers;
using System.Text.Json;
using Commerce.Shared.Idempotency;
using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>
/// The one HTTP client of the shop. What every call has in common (key, ids, spans, logging, retries) is done by the
/// interceptors that <see cref="HttpClientFactory"/> puts in front of the network. Safe for concurrent use.
/// </summary>
internal sealed class HttpClientService(HttpClient client, HttpClientConfig config, TimeProvider clock) : IDisposable
{
    public Task<T> GetAsync<T>(string path, CallContext call, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Get, path, null, call, null, cancellationToken);

    /// <summary>Posts JSON. With an idempotency key the call may be repeated, and is when the network fails.</summary>
    public Task<T> PostAsync<T>(string path, object? data, CallContext call, string? idempotencyKey, CancellationToken cancellationToken) =>
        SendAsync<T>(HttpMethod.Post, path, data, call, idempotencyKey, cancellationToken);

    public void Dispose() => client.Dispose();

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? data, CallContext call, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Address(path));
        request.Options.Set(ContextInterceptor.CallKey, call);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation(IdempotencyScope.Header, idempotencyKey);
        if (data is not null)
        {
            request.Content = new ByteArrayContent(Json.Bytes(data));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(config.MediaType);
        }

        using var timeout = new CancellationTokenSource(config.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return response.IsSuccessStatusCode ? Read<T>(body) : throw Refused(response, body);
        }
        catch (OperationCanceledException error) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpCallException($"{method} {path} was not answered within {config.Timeout.TotalSeconds} s.", error) { TimedOut = true };
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            throw new HttpCallException($"{method} {path} failed.", error);
        }
    }

    private Uri Address(string path) => new($"{config.BaseUrl().ToString().TrimEnd('/')}{path}");

    private T Read<T>(byte[] body) =>
        JsonSerializer.Deserialize<T>(body, config.Reading) ?? throw new JsonException("The answer is null.");

    private static HttpCallException Refused(HttpResponseMessage response, byte[] body) =>
        new($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsolutePath} was answered with {(int)response.StatusCode}.")
        {
            Status = (int)response.StatusCode,
            Body = body,
        };
}
