namespace Commerce.Tests.Support;

/// <summary>The key with which the services publish events and read them.</summary>
internal static class EventKey
{
    /// <summary>Where the services look for it.</summary>
    public static string FileIn(string commerceData) => Path.Combine(commerceData, "secrets", "EVENT_LOG_KEY");

    /// <summary>Has the gateway make one, and puts it where the services look for it.</summary>
    public static async Task GiveAsync(GatewayProcess gateway, string commerceData)
    {
        var issued = await gateway.AdministerAsync("/keys", new { name = "commerce", scopes = new[] { "events:write", "events:read" } });
        await File.WriteAllTextAsync(FileIn(commerceData), (string)issued["value"]!, TestContext.Current.CancellationToken);
    }
}
