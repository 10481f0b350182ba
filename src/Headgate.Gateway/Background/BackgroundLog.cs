using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Background;

/// <summary>Log messages of work in the background. Event id 4140.</summary>
internal static partial class BackgroundLog
{
    [LoggerMessage(4140, LogLevel.Error, "A fault inside the program ended its background work '{Work}': it is begun again in {Pause}")]
    public static partial void Failed(ILogger logger, string work, TimeSpan pause, Exception exception);
}
