namespace Commerce.Tests.Support;

/// <summary>The key with which the services publish events and read them.</summary>
internal static class EventKey
{
    /// <summary>Has the gateway make one, and puts it where the services look for it.</summary>
    public static async Task GiveAsync(GatewayProcess gateway, string commerceData)
    {
        var (exitCode, key) = await gateway.AskAsync("keys", "create", "--name", "commerce", "--scope", "events:write", "--scope", "events:read");
        Assert.Equal(0, exitCode);
        await File.WriteAllTextAsync(Path.Combine(commerceData, "secrets", "EVENT_LOG_KEY"), key, TestContext.Current.CancellationToken);
    }
}
