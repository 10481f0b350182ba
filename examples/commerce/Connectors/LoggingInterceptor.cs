namespace Commerce.Connectors;

/// <summary>Logs each call and its outcome: method, address without query, status. Never headers or bodies, which hold secrets.</summary>
internal sealed class LoggingInterceptor(ILogger<LoggingInterceptor> logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!.GetLeftPart(UriPartial.Path);
        HttpClientLog.Request(logger, request.Method, url);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                HttpClientLog.Response(logger, (int)response.StatusCode, url);
            else
                HttpClientLog.ErrorResponse(logger, (int)response.StatusCode, url);
            return response;
        }
        catch (HttpRequestException error)
        {
            HttpClientLog.NoResponse(logger, url, error.HttpRequestError);
            throw;
        }
    }
}
