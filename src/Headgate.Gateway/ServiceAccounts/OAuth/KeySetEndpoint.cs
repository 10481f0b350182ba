using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary><c>GET /.well-known/jwks.json</c>: the keys that sign tokens, as the gateway itself knows them, from memory. Thread-safe.</summary>
internal sealed class KeySetEndpoint(IssuerKeys keys, TimeProvider time)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public async ValueTask AnswerAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        if (keys.Usable(time.GetUtcNow()) is null)
            await keys.EnsureAsync();
        if (keys.Usable(time.GetUtcNow()) is not { } known)
        {
            context.Fail(new GatewayFailure(ErrorCatalogue.StoreUnavailable, "The keys cannot be had at the moment.") { RetryAfter = s_retryAfter });
            return;
        }

        context.Response.Headers.CacheControl = MetadataEndpoint.Caching;
        BuiltInAnswer.Write(context, 200, "application/json", known.Fetched.Json);
    }
}
