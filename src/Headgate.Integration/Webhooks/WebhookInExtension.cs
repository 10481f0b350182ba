using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Webhooks;

/// <summary>What <c>x-gateway-webhook-in</c> says: the operation takes another system's webhooks, verified and once each.</summary>
public sealed record WebhookInExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-webhook-in",
        typeof(WebhookInExtension),
        ExtensionLocations.Operation,
        "The operation takes another system's webhooks: verified, each once, into the event log.")
    {
        Enforced = false, IsHandler = true,
    };

    /// <summary>How the sender signs.</summary>
    [Setting("How the sender signs: `standard-webhooks`, or a plain HMAC-SHA256 of the body in `hmac-sha256-hex` or `hmac-sha256-base64`.")]
    public WebhookSignature Signature { get; init; }

    /// <summary>The key of the signature.</summary>
    [Setting("The key of the signature.")]
    public required SecretReference Secret { get; init; }

    /// <summary>The previous key, accepted too while it is replaced.</summary>
    [Setting("The previous key, accepted too while it is replaced.", Default = "none")]
    public SecretReference? PreviousSecret { get; init; }

    /// <summary>The header of a plain HMAC.</summary>
    [Setting("The header of a plain HMAC.", Format = SettingFormat.HeaderName)]
    public string SignatureHeader { get; init; } = "X-Webhook-Signature";

    /// <summary>How old a signed timestamp may be.</summary>
    [Setting("How far a signed timestamp may be from now.", Range = "1s..24h")]
    public Duration Tolerance { get; init; } = Duration.FromSeconds(300);

    /// <summary>The id by which a repeated delivery is recognised.</summary>
    [Setting("The id by which a repeated delivery is recognised.", Default = "`webhook-id`, else `$request.body#/id`")]
    public ValueExpression? EventId { get; init; }

    /// <summary>The type of the event.</summary>
    [Setting("The type of the event.", Default = "`$request.body#/type`")]
    public ValueExpression? EventType { get; init; }

    /// <summary>The source of the event; null for the operation's id.</summary>
    [Setting("The `source` of the event.", Default = "the operation's id")]
    public string? Source { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
