namespace Commerce.Products;

internal static partial class ProductLog
{
    [LoggerMessage(EventId = 9201, Level = LogLevel.Warning, Message = "Recommending without purchases: the order service did not answer")]
    public static partial void NoPurchases(ILogger logger, Exception error);
}
