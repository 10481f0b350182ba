namespace Headgate.Storage.Tests.Support;

/// <summary>Waits for a condition, looking often, with a bound that only a failing test reaches.</summary>
internal static class Until
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(s_bound);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            if (timeout.IsCancellationRequested)
                Assert.Fail($"It did not come true within {s_bound.TotalSeconds} s: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
