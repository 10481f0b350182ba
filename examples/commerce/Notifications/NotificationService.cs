using Commerce.Connectors;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Notifications;

/// <summary>Email and SMS notifications.</summary>
internal sealed class NotificationService : CommerceService
{
    public override string Name => ServiceNames.Notification;

    public override int PortOffset => 6;

    public override string Schema => NotificationStore.Schema + ReactionTable.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var email = runtime.Own(new EmailProviderService(runtime.Clients, IntegrationsConfig.EmailProvider(runtime)));
        var sms = runtime.Own(new SmsProviderService(runtime.Clients, IntegrationsConfig.SmsProvider(runtime)));
        var (desk, sender) = (new NotificationDesk(runtime), new NotificationSender(email, sms));
        new NotificationEndpoints(runtime, desk, sender).Map(routes);
        if (runtime.EventLog is { } log)
            EventReactions.Add(runtime, log, desk, sender);
    }
}
