using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Simulators;

/// <summary>
/// An email provider to develop and test against. Addresses that begin with <c>fail@</c> have it fail with 500, those that
/// begin with <c>reject@</c> are refused.
/// </summary>
internal sealed class EmailProviderSimulator : CommerceService
{
    public override string Name => ServiceNames.EmailProvider;

    public override int PortOffset => 12;

    public override string AcceptedKey => SecretFiles.EmailProviderApiKey;

    public override bool HasEvents => false;

    public override string Schema => SimulatedOutbox.Schema;

    public override void Map(ServiceRoutes routes, ServiceRuntime runtime)
    {
        var outbox = new SimulatedOutbox(runtime);
        outbox.Map(routes);
        routes.Post("/send", Access.Service, request =>
        {
            var message = request.Body<EmailMessage>();
            return outbox.AcceptAsync(request, () => Accept(message.To, message.From, message.Subject, message.Html));
        });
        routes.Post("/send-template", Access.Service, request =>
        {
            var message = request.Body<TemplateEmailMessage>();
            return outbox.AcceptAsync(request, () =>
            {
                var (subject, body) = EmailTemplates.Render(message.TemplateId, message.Variables)
                    ?? throw ApiException.NotFound("Template", message.TemplateId);
                return Accept(message.To, message.From, subject, body);
            });
        });
    }

    private static OutboxMessage Accept(string to, string from, string subject, string html)
    {
        if (to.StartsWith("fail@", StringComparison.Ordinal))
            throw new ApiException(StatusCodes.Status500InternalServerError, "DELIVERY_ERROR", "The mail server could not be reached.");
        if (to.StartsWith("reject@", StringComparison.Ordinal))
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "RECIPIENT_REJECTED", "The recipient does not want mail.");
        return new OutboxMessage { To = to, From = from, Subject = subject, Body = html };
    }
}
