using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary><c>GET /.well-known/oauth-authorization-server</c>: where clients find the rest (RFC 8414). Thread-safe.</summary>
internal sealed class MetadataEndpoint(TokenIssuer issuer)
{
    /// <summary>How long keys and metadata may be kept: shorter than a key is published before it signs.</summary>
    public const string Caching = "public, max-age=300";

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public ValueTask AnswerAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        if (issuer.Name is not { } name)
        {
            context.Fail(new GatewayFailure(ErrorCatalogue.StoreUnavailable, "The gateway does not know its own address yet.") { RetryAfter = s_retryAfter });
            return ValueTask.CompletedTask;
        }

        context.Response.Headers.CacheControl = Caching;
        BuiltInAnswer.Write(context, 200, "application/json", MetadataOf(name, OwnSchemes.ScopesOf(context.Plan)));
        return ValueTask.CompletedTask;
    }

    // RFC 8414 §2. response_types_supported is required although there is no authorization endpoint: the list is empty.
    private static ReadOnlyMemory<byte> MetadataOf(string issuer, IReadOnlyCollection<string> scopes)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, ErrorJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("issuer"u8, issuer);
            json.WriteString("token_endpoint"u8, issuer + OAuthApi.TokenPath);
            json.WriteString("jwks_uri"u8, issuer + OAuthApi.KeysPath);
            if (scopes.Count > 0)
                WriteList(json, "scopes_supported", scopes);
            WriteList(json, "response_types_supported", []);
            WriteList(json, "grant_types_supported", ["client_credentials"]);
            WriteList(json, "token_endpoint_auth_methods_supported", ["client_secret_basic", "client_secret_post"]);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
