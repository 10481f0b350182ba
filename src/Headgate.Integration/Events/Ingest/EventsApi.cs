using Headgate.Gateway.BuiltIns;
using Headgate.Integration.Events.Log;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Integration.Events.Ingest;

/// <summary>The event log for services: <c>POST /events</c> appends, <c>GET /events</c> reads and waits. Mounted where the settings ask for it.</summary>
public sealed class EventsApi : BuiltInApi
{
    private readonly bool _isWanted;

    private EventsApi(ExtensionRegistry extensions, bool isWanted, IReadOnlyDictionary<string, BuiltInOperation> operations)
        : base("headgate-events.openapi.yaml", extensions, operations)
    {
        _isWanted = isWanted;
    }

    /// <summary>Makes the API.</summary>
    /// <param name="extensions">The extensions that its document may use.</param>
    /// <param name="isWanted">Whether the settings ask for it.</param>
    /// <param name="log">The log; null for a command that looks at documents alone: then nothing can be answered.</param>
    /// <param name="time">The clock.</param>
    public static EventsApi Create(ExtensionRegistry extensions, bool isWanted, EventLog? log, TimeProvider time)
    {
        PublishEndpoint? publish = log is null ? null : new PublishEndpoint(log);
        ReadEndpoint? read = log is null ? null : new ReadEndpoint(log, time);
        return new EventsApi(extensions, isWanted, new Dictionary<string, BuiltInOperation>
        {
            ["publishEvents"] = (context, body) => (publish ?? throw NoLog()).PublishAsync(context, body),
            ["readEvents"] = (context, _) => (read ?? throw NoLog()).ReadAsync(context),
        });
    }

    /// <inheritdoc/>
    protected override string? ReasonToMount(IReadOnlyList<ApiDocument> documents) => _isWanted ? "the setting 'events' is on" : null;

    private static InvalidOperationException NoLog() => new("There is no log.");
}
