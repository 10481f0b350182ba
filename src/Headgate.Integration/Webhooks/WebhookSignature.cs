using Headgate.OpenApi.Extensions;

namespace Headgate.Integration.Webhooks;

/// <summary>How a sender of webhooks signs them.</summary>
public enum WebhookSignature
{
    /// <summary>Standard Webhooks 1.0.0.</summary>
    StandardWebhooks,

    /// <summary>HMAC-SHA256 of the body in hexadecimal digits.</summary>
    [SettingName("hmac-sha256-hex")]
    HmacSha256Hex,

    /// <summary>HMAC-SHA256 of the body in Base64.</summary>
    [SettingName("hmac-sha256-base64")]
    HmacSha256Base64,
}
