using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Forwarding.Tls;

/// <summary>Log messages of TLS towards services. Event ids 2220–2224. One for each change of a file.</summary>
internal static partial class TlsLog
{
    [LoggerMessage(2220, LogLevel.Information, "TLS files towards services are renewed: {Files}")]
    public static partial void Renewed(ILogger logger, string files);

    [LoggerMessage(2221, LogLevel.Warning, "TLS files towards services cannot be used, those read before stay in use: {Files}: {Reason}")]
    public static partial void Unusable(ILogger logger, string files, string reason);
}
