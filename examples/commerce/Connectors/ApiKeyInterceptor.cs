namespace Commerce.Connectors;

/// <summary>Adds the key that the other side knows the shop by.</summary>
internal sealed class ApiKeyInterceptor(Func<string?> apiKey) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (apiKey() is { } key)
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        return base.SendAsync(request, cancellationToken);
    }
}
