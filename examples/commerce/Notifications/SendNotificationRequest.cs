using System.Text.Json;
using Commerce.Shared.Web;

namespace Commerce.Notifications;

/// <summary>A message to a user: written out (<c>message</c>), or one of the provider's templates with its variables (e-mail only).</summary>
internal sealed record SendNotificationRequest
{
    public required string UserId { get; init; }

    public required NotificationChannel Channel { get; init; }

    public required string Recipient { get; init; }

    public string Type { get; init; } = "message";

    public string? Subject { get; init; }

    public string? Message { get; init; }

    public string? TemplateId { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }

    public void Validate()
    {
        var violations = new Violations();
        var email = Channel == NotificationChannel.Email;
        violations.Text(UserId, "/userId", 100);
        violations.Text(Type, "/type", 100);
        violations.Require(email ? IsAddress(Recipient) : IsNumber(Recipient), "/recipient",
            email ? "must be an e-mail address" : "must be a telephone number such as +15005550006");
        violations.Require(Message is null != TemplateId is null, "", "must have message or templateId, and not both");
        violations.Require(email || TemplateId is null, "/templateId", "is for e-mail only");
        violations.Require(!email || TemplateId is not null || Subject is not null, "/subject", "is required for e-mail");
        violations.Text(Subject, "/subject", 200);
        violations.Text(Message, "/message", email ? 100_000 : 1_600);
        violations.ThrowIfAny();
    }

    private static bool IsAddress(string text) =>
        text.Length <= 254 && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace);

    private static bool IsNumber(string text) =>
        text is ['+', .. { Length: >= 7 and <= 15 } digits] && digits.All(char.IsAsciiDigit);
}
