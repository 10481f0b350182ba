using System.Globalization;
using Commerce.Connectors;
using Commerce.Orders;
using Commerce.Payments;
using Commerce.Shared.Events;
using Commerce.Shared.Hosting;
using Commerce.Shared.Models;
using Commerce.Shared.Security;
using Commerce.Shared.Web;
using Commerce.Users;

namespace Commerce.Notifications;

/// <summary>What is written to whom when something happens in the shop.</summary>
internal sealed class EventLetters(ServiceRuntime runtime)
{
    /// <summary>The types of events about which somebody is written to.</summary>
    public const string Types = $"{EventTypes.UserCreated},{EventTypes.OrderCreated},{EventTypes.OrderStatusChanged},{EventTypes.PaymentProcessed}";

    private readonly HttpClientService _users = runtime.ClientFor(ServiceNames.User);
    private readonly HttpClientService _orders = runtime.ClientFor(ServiceNames.Order);

    /// <summary>The message about an event; null when there is nobody to tell.</summary>
    /// <exception cref="HttpCallException">A service that knows the recipient did not answer.</exception>
    public async Task<SendNotificationRequest?> WriteAsync(CloudEvent happened, CancellationToken cancellationToken)
    {
        // Of another shop, or of none, nobody here is to be told.
        if (!Tenants.Exists(happened.TenantId ?? ""))
            return null;
        var call = happened.ToCall();
        switch (happened.Type)
        {
            case EventTypes.UserCreated when happened.DataAs<UserCreatedEvent>() is { User: var user }:
                return Letter(new Contact(user.Id, user.Email), happened, "Welcome", $"Hello {user.Profile.FirstName}, your account is ready.");
            case EventTypes.OrderCreated when happened.DataAs<OrderCreatedEvent>() is { Order: var order }:
                return Letter(await UserAsync(order.UserId, call, cancellationToken), happened,
                    $"Your order {order.Id}", $"Order {order.Id} over {Text(order.Total)} has arrived.");
            case EventTypes.OrderStatusChanged when happened.DataAs<OrderStatusChangedEvent>() is { } change:
                return Letter(await CustomerAsync(change.OrderId, call, cancellationToken), happened,
                    $"Your order {change.OrderId}", $"Order {change.OrderId} is {EnumText<OrderStatus>.Of(change.NewStatus)} now.");
            case EventTypes.PaymentProcessed when happened.DataAs<PaymentProcessedEvent>() is { Payment: var payment }:
                return Letter(await UserAsync(payment.UserId, call, cancellationToken), happened,
                    $"Your order {payment.OrderId}", payment.Status == PaymentStatus.Failed
                        ? $"The payment of order {payment.OrderId} did not work."
                        : $"Order {payment.OrderId} is paid: {Text(payment.Amount)}.");
            default:
                return null;
        }
    }

    private static SendNotificationRequest? Letter(Contact? user, CloudEvent happened, string subject, string message) => user is null ? null : new()
    {
        UserId = user.Id,
        Channel = NotificationChannel.Email,
        Recipient = user.Email,
        Type = happened.Type,
        Subject = subject,
        Message = message,
    };

    private async Task<Contact?> CustomerAsync(string orderId, CallContext call, CancellationToken cancellationToken) =>
        await FindAsync<Placed>(_orders, "/orders", orderId, call, cancellationToken) is { } order
            ? await UserAsync(order.UserId, call, cancellationToken)
            : null;

    private Task<Contact?> UserAsync(string userId, CallContext call, CancellationToken cancellationToken) =>
        FindAsync<Contact>(_users, "/users", userId, call, cancellationToken);

    // Who is gone, or was never there, is not written to.
    private static async Task<T?> FindAsync<T>(HttpClientService service, string among, string id, CallContext call, CancellationToken cancellationToken)
        where T : class
    {
        // It would not be the name of one of them, but of all, or of something else.
        if (id.Trim('.').Length == 0)
            return null;
        try
        {
            return await service.GetAsync<T>($"{among}/{Uri.EscapeDataString(id)}", call, cancellationToken);
        }
        catch (HttpCallException error) when (error.IsRefusal && error.Status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden))
        {
            // A wrong key is no fault of the event, which waits until it is mended; whatever else is refused is refused the next time too.
            return null;
        }
    }

    private static string Text(Money money) =>
        string.Create(CultureInfo.InvariantCulture, $"{money.Amount} {EnumText<Currency>.Of(money.Currency)}");

    // What is read of a user and of an order: no more than is needed.
    private sealed record Contact(string Id, string Email);

    private sealed record Placed(string UserId);
}
