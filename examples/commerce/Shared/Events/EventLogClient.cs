using Commerce.Connectors;
using Commerce.Shared.Web;

namespace Commerce.Shared.Events;

/// <summary>The event log, as services see it: <c>POST /events</c> appends, <c>GET /events</c> reads and waits. Safe for concurrent use.</summary>
internal sealed class EventLogClient : IDisposable
{
    /// <summary>How long a read waits for the next event. Below the client's own timeout.</summary>
    private const int WaitSeconds = 20;

    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClientService _publishing;
    private readonly HttpClientService _reading;

    public EventLogClient(HttpClientFactory clients, Uri address, EventLogKey key)
    {
        var config = new HttpClientConfig
        {
            BaseUrl = () => address,
            ApiKey = key.Read,
            MediaType = "application/cloudevents-batch+json",
            Reading = Json.Foreign,
            IsQuiet = true,
        };
        _publishing = clients.Create(config with { Timeout = PublishTimeout });
        _reading = clients.Create(config);
    }

    /// <summary>Appends all of them or none. What is there already, by source and id, is not appended twice.</summary>
    /// <exception cref="HttpCallException">They are not appended, or it is not known whether they are.</exception>
    public Task PublishAsync(IReadOnlyList<CloudEvent> events, CancellationToken cancellationToken) =>
        _publishing.PostAsync<object>("", events, CallContext.None, null, cancellationToken);

    /// <summary>Reads on after an offset, and waits for an event when there is none.</summary>
    /// <param name="after">Up to where the reader has read; 0 for the very beginning.</param>
    /// <param name="types">Types separated by commas.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpCallException">The log did not answer, or refused.</exception>
    public Task<EventLogPage> ReadAsync(long after, string types, CancellationToken cancellationToken) =>
        _reading.GetAsync<EventLogPage>($"?after={after}&wait={WaitSeconds}&type={types}", CallContext.None, cancellationToken);

    public void Dispose()
    {
        _publishing.Dispose();
        _reading.Dispose();
    }
}
