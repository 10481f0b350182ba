namespace Commerce.Connectors;

/// <summary>Adds the key that the other side knows the shop by.</summary>
internal sealed class ApiKeyInterceptor(string? apiKey) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (apiKey is not null)
            request.Headers.TryAddWithoutValidation("X-API-Key", apiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
