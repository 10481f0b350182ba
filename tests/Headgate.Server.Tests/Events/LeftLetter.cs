using Headgate.Gateway.Background;
using Headgate.Integration.Events.Log;
using Headgate.Integration.Events.Subscriptions;
using Headgate.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Tests.Events;

/// <summary>Leaves behind in a gateway's store what a consumer leaves that could not take an event and is gone: a subscription and a dead letter.</summary>
internal static class LeftLetter
{
    public static async Task<DeadLetter> MakeAsync(TestGateway gateway, string producerId = "1", string error = "the customer is not known")
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        var subscriptions = new EventSubscriptions(gateway.Host.Events.Log, gateway.Host.Store, TimeProvider.System, NullLogger<EventSubscriptions>.Instance);
        subscriptions.Add(new EventSubscription
        {
            Name = "read-model", Filter = EventFilter.Everything, FromBeginning = true, Partitions = 1, Attempts = 1, Consumer = (_, _) => throw new InvalidOperationException(error),
        });
        await gateway.Host.Events.Log.AppendAsync(
            [new NewEvent { Type = "order.created", Source = "/orders", ProducerId = producerId, AggregateType = "order", AggregateId = "ord_1", Tenant = "acme", DataContentType = "application/json", Payload = """{"total":12.5}"""u8.ToArray() }],
            stop);
        await using var background = new BackgroundWork(TimeProvider.System, NullLogger<BackgroundWork>.Instance);
        subscriptions.Begin(background);
        IReadOnlyList<DeadLetter> letters = [];
        await Until.TrueAsync(async () => (letters = await subscriptions.ListDeadLettersAsync(null, "", 10, stop)).Count == 1, "the event is a dead letter");
        return letters[0];
    }
}
