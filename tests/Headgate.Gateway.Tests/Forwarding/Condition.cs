using System.Diagnostics;

namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>Waits for what another thread brings about.</summary>
internal static class Condition
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task BecomesTrueAsync(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "The condition did not become true in time.");
            await Task.Yield();
        }
    }
}
