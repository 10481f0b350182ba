using Commerce.Shared.Tracing;

namespace Commerce.Connectors;

/// <summary>Builds HTTP clients with the shop's interceptors, outermost first: key, ids, retry, span, log.</summary>
internal sealed class HttpClientFactory(ServiceTracing tracing, ILoggerFactory loggers, TimeProvider clock)
{
    public HttpClientService Create(HttpClientConfig config)
    {
        // The spans are made by TracingInterceptor; the handler must not add its own context beside it.
        HttpMessageHandler handler = new SocketsHttpHandler { ActivityHeadersPropagator = null, AllowAutoRedirect = false };
        foreach (var interceptor in Innermost(config))
        {
            interceptor.InnerHandler = handler;
            handler = interceptor;
        }

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("commerce/1.0");
        return new HttpClientService(client, config, clock);
    }

    private IEnumerable<DelegatingHandler> Innermost(HttpClientConfig config) =>
    [
        .. config.IsQuiet ? Array.Empty<DelegatingHandler>() : [new LoggingInterceptor(loggers.CreateLogger<LoggingInterceptor>())],
        new TracingInterceptor(tracing),
        new RetryInterceptor(clock),
        new ContextInterceptor(),
        new ApiKeyInterceptor(config.ApiKey),
    ];
}
