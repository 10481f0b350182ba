namespace Commerce.Connectors;

internal static partial class HttpClientLog
{
    [LoggerMessage(EventId = 9101, Level = LogLevel.Debug, Message = "HTTP Request {Method} {Url}")]
    public static partial void Request(ILogger logger, HttpMethod method, string url);

    [LoggerMessage(EventId = 9102, Level = LogLevel.Debug, Message = "HTTP Response {Status} {Url}")]
    public static partial void Response(ILogger logger, int status, string url);

    [LoggerMessage(EventId = 9103, Level = LogLevel.Information, Message = "HTTP Error Response {Status} {Url}")]
    public static partial void ErrorResponse(ILogger logger, int status, string url);

    [LoggerMessage(EventId = 9104, Level = LogLevel.Warning, Message = "HTTP No Response {Url}: {Reason}")]
    public static partial void NoResponse(ILogger logger, string url, HttpRequestError reason);
}
