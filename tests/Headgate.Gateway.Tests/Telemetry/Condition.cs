namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>Waits for what another thread is about to do.</summary>
internal static class Condition
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static async Task HoldsAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_limit, "The condition did not come true in time.");
            await Task.Delay(1, cancellationToken);
        }
    }
}
