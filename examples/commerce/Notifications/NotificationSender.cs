using System.Text.Json;
using Commerce.Connectors;
using Commerce.Shared.Web;

namespace Commerce.Notifications;

/// <summary>Hands a message to the provider of its channel. The notification's id is the key, so that none is sent twice.</summary>
internal sealed class NotificationSender(EmailProviderService email, SmsProviderService sms)
{
    public Task<SentMessage> SendAsync(SendNotificationRequest wanted, string id, CallContext call, CancellationToken cancellationToken)
    {
        if (wanted.Channel == NotificationChannel.Sms)
            return sms.SendSmsAsync(wanted.Recipient, wanted.Message!, call, id, cancellationToken);
        return wanted.TemplateId is { } template
            ? email.SendTemplateEmailAsync(wanted.Recipient, template, wanted.Variables ?? new Dictionary<string, JsonElement>(), call, id, cancellationToken)
            : email.SendEmailAsync(wanted.Recipient, wanted.Subject!, wanted.Message!, call, id, cancellationToken);
    }
}
