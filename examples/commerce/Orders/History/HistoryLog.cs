namespace Commerce.Orders.History;

internal static partial class HistoryLog
{
    [LoggerMessage(EventId = 9701, Level = LogLevel.Warning, Message = "{Type} {EventId} is left out of the history: it is not understood, or speaks of an order of which nothing else is known")]
    public static partial void LeftOut(ILogger logger, string type, string eventId);
}
