using System.Globalization;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.RateLimit;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Consumers;

/// <summary>
/// To which consumer a request belongs, for one limit. Who lacks the key (no user, no such header) is counted by client address, so that leaving it out gains nothing.
/// Immutable, thread-safe.
/// </summary>
internal sealed class ConsumerKey(RateLimitKey by, ConsumerHasher hasher)
{
    /// <summary>Whether all requests belong to one consumer.</summary>
    public bool IsSingle => by.By is RateLimitBy.Global or RateLimitBy.Service or RateLimitBy.Endpoint;

    /// <summary>The name of a consumer of whom the hash alone is known.</summary>
    public string NameOf(ulong hash) => IsSingle ? by.ToString() : string.Create(CultureInfo.InvariantCulture, $"#{hash:x16}");

    /// <summary>Whether it is known before authentication.</summary>
    public bool IsKnownEarly => by.By is not (RateLimitBy.User or RateLimitBy.Tenant or RateLimitBy.ApiKey);

    /// <summary>The consumer's hash.</summary>
    public ulong Of(GatewayContext context) => by.By switch
    {
        RateLimitBy.User when context.Caller?.ServiceAccount is { } account => hasher.HashOfServiceAccount(account),
        RateLimitBy.User => Of(context.User, context),
        RateLimitBy.Tenant => Of(context.Tenant, context),
        RateLimitBy.ApiKey => Of(context.ApiKey, context),
        RateLimitBy.Ip => Of(null, context),
        RateLimitBy.Header => OfHeader(context),
        _ => 0,
    };

    /// <summary>The consumer's name, for people. The value of a header field may be a secret and is not told.</summary>
    public string NameOf(GatewayContext context) => by.By switch
    {
        RateLimitBy.User when context.Caller?.ServiceAccount is not null => context.Caller!.Subject!.ToString(),
        RateLimitBy.User when context.User is { } user => user,
        RateLimitBy.Tenant when context.Tenant is { } tenant => tenant,
        RateLimitBy.ApiKey when context.ApiKey is { } key => key,
        RateLimitBy.Header when context.Request.Headers.ContainsKey(by.Header!) => $"{by.Header}: (not shown)",
        RateLimitBy.Global or RateLimitBy.Service or RateLimitBy.Endpoint => by.ToString(),
        _ => context.ClientAddress.LimitText,
    };

    private ulong Of(string? key, GatewayContext context) => key is null ? hasher.HashOf(context.ClientAddress.LimitKey) : hasher.HashOf(key);

    private ulong OfHeader(GatewayContext context)
    {
        StringValues values = context.Request.Headers[by.Header!];
        return Of(values.Count == 0 ? null : values.ToString(), context);
    }
}
