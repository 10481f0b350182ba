using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Idempotency;

/// <summary>By what a request with a key is known again. A value.</summary>
/// <param name="Id">Whose key it is, for which operation, and the key itself.</param>
/// <param name="Fingerprint">What the request asks for.</param>
internal readonly record struct KeyedRequest(RequestHash Id, RequestHash Fingerprint)
{
    /// <summary>Reads the key of a request.</summary>
    /// <param name="plan">What the operation says of keys.</param>
    /// <param name="context">The request.</param>
    /// <param name="key">The key; null for none.</param>
    /// <returns>Why the request cannot be served; null when it can.</returns>
    public static GatewayFailure? ReadKey(IdempotencyPlan plan, GatewayContext context, out string? key)
    {
        key = null;
        if (!context.Request.Headers.TryGetValue(IdempotencyKey.Header, out StringValues field))
        {
            return plan.Settings.Required
                ? new GatewayFailure(ErrorCatalogue.IdempotencyKeyMissing, $"The operation needs {IdempotencyKey.Header}: a key that is new for each thing to do, and the same when it is tried again.")
                : null;
        }

        key = IdempotencyKey.Read(field);
        return key is null ? new GatewayFailure(ErrorCatalogue.IdempotencyKeyInvalid, $"{IdempotencyKey.Header} must be one key of 1 to {IdempotencyKey.MostLength} visible characters.") : null;
    }

    /// <summary>What a request is known by.</summary>
    public static KeyedRequest Of(IdempotencyPlan plan, GatewayContext context, string key, ReadOnlySpan<byte> body)
    {
        bool isCallers = plan.Settings.Scope == Gateway.Configuration.IdempotencyScope.Caller;
        Subject? caller = isCallers ? context.Caller?.Subject : null;

        // Whom the service alone knows, and whose token names nobody, is told from others by what he shows: a key that is guessed must not be enough for another's answer.
        bool isNamed = context.HasVerifiedAuthorization && (caller is not null || context.User is not null || context.ApiKey is not null);
        string? credential = isCallers && !isNamed && context.Request.Headers.Authorization is { Count: > 0 } shown ? shown.ToString() : null;
        if (isCallers && plan.Unchecked.ShownBy(context) is { } further)
            credential = $"{credential}\n{further}"; // No field has a line feed in it.
        return new KeyedRequest(
            RequestHash.Of([plan.Operation, context.Tenant, caller?.Kind.ToString(), caller?.Id, isCallers ? context.User : null, isCallers ? context.ApiKey : null, credential, key], default),
            RequestHash.Of([context.Request.Method, context.Request.Path, context.ForwardedQuery, context.Request.Headers.ContentType.ToString()], body));
    }
}
