using Commerce.Connectors;
using Commerce.Shared.Data;
using Commerce.Shared.Events;
using Commerce.Shared.Hosting;
using Commerce.Shared.Tracing;
using Commerce.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Commerce.Tests.Events;

/// <summary>How a service reads the event log, whatever the log says.</summary>
public sealed class EventConsumerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commerce-consumer-");

    public void Dispose() => _folder.Delete(recursive: true);

    // As after the gateway's data were thrown away and the services' were not: it helps nobody to wait, and the log says why.
    [Fact]
    public async Task Log_ThatRefuses_IsToldOfOnceInItsOwnWords()
    {
        await using var server = await RecordingServer.StartAsync(async http =>
        {
            http.Response.StatusCode = StatusCodes.Status409Conflict;
            await http.Response.WriteAsync("""{ "title": "Conflict", "detail": "The log ends at 5: what has read up to 9 has read another log." }""");
        });
        using var tracing = new ServiceTracing("consumer", null);
        using var loggers = new CollectingLoggers();
        using var database = new Database(Path.Combine(_folder.FullName, "consumer.db"), ConsumerTable.Schema);
        await database.WriteAsync(connection => ConsumerTable.Move(connection, "history", 9), TestContext.Current.CancellationToken);
        using var log = new EventLogClient(new HttpClientFactory(tracing, loggers, TimeProvider.System), server.Address, new EventLogKey(new CommerceOptions { DataDirectory = _folder.FullName }));
        var consumer = new EventConsumer("history", "order.created", database, log, TimeProvider.System, loggers.CreateLogger<EventConsumer>());
        using var stopping = new CancellationTokenSource();

        var reading = consumer.RunAsync((_, _) => Task.CompletedTask, stopping.Token);
        await Until.TrueAsync(() => server.Requests.Count >= 3, "it is asked again");
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        var line = Assert.Single(loggers.Lines);
        Assert.Contains("The log ends at 5: what has read up to 9 has read another log.", line, StringComparison.Ordinal);
        Assert.Contains("after offset 9", line, StringComparison.Ordinal);
    }
}
