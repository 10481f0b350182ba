using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary>Errors as RFC 6749 §5.2 has them, for clients of OAuth.</summary>
internal sealed class OAuthDialect : ErrorDialect
{
    public static OAuthDialect Instance { get; } = new();

    public override string Name => "oauth";

    public override string ContentType => "application/json";

    public override void Write(GatewayFailure failure, GatewayContext context, DateTimeOffset now, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, ErrorJson.Options);
        json.WriteStartObject();
        json.WriteString("error"u8, CodeOf(failure.Kind));
        json.WriteString("error_description"u8, string.Create(failure.Detail.Length, failure.Detail, Describe));
        json.WriteEndObject();
    }

    // Beyond the four: what RFC 6749 §4.1.2.1 calls the trouble of a server, and for every other mistake of a client the most general word.
    private static string CodeOf(GatewayErrorKind kind)
    {
        if (kind == OAuthErrors.ClientInvalid)
            return "invalid_client";
        if (kind == OAuthErrors.GrantUnsupported)
            return "unsupported_grant_type";
        if (kind == OAuthErrors.ScopeInvalid)
            return "invalid_scope";
        if (kind.Status is 429 or 503)
            return "temporarily_unavailable";
        return kind.Status >= 500 ? "server_error" : "invalid_request";
    }

    // RFC 6749 §5.2: %x20-21 / %x23-5B / %x5D-7E.
    private static void Describe(Span<char> text, string detail)
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = detail[i] is >= ' ' and <= '~' and not ('"' or '\\') ? detail[i] : '?';
    }
}
