using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Server.Reporting;

/// <summary>A consumer of a limit.</summary>
internal sealed record LimitConsumerReport(string Name, int Used, int Remaining, double? FullInSeconds)
{
    public static LimitConsumerReport Of(LimitConsumer consumer) =>
        new(consumer.Name, consumer.Used, consumer.Remaining, consumer.UntilFull is { } wait ? Math.Round(wait.TotalSeconds, 3) : null);
}
