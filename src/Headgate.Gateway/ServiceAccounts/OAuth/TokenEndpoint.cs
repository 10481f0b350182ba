using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.ServiceAccounts.SigningKeys;
using Headgate.Storage;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.ServiceAccounts.OAuth;

/// <summary><c>POST /oauth/token</c>: tokens for client credentials (RFC 6749 §4.4). Thread-safe.</summary>
internal sealed class TokenEndpoint(ServiceAccountRegistry accounts, Store store, KeyProtection protection, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    private readonly RefusedSecrets _refused = new(time);

    /// <summary>Answers a request.</summary>
    public async ValueTask IssueAsync(GatewayContext context, ReadOnlyMemory<byte> body)
    {
        // Digests and a signature are ahead.
        await PoolHop.Now();
        (TokenRequest? request, GatewayFailure? failure) = TokenRequest.Read(context.Request, body);
        if (request is not null)
            failure = await IssueAsync(context, request);
        if (failure is not null)
            context.Fail(failure);
    }

    private async ValueTask<GatewayFailure?> IssueAsync(GatewayContext context, TokenRequest request)
    {
        ClientAddress address = context.ClientAddress;
        string clientId = request.Client.ClientId;
        if (_refused.WaitOf(address.LimitKey, clientId) is { } wait)
            return new GatewayFailure(ErrorCatalogue.RateLimitExceeded, "Too many wrong client secrets came before this one.") { RetryAfter = wait };

        DateTimeOffset now = time.GetUtcNow();
        (StoredAccount? stored, IReadOnlyList<SigningKey> keys) = ServiceAccountTable.IsId(clientId) ? await FindAsync(clientId, context.RequestAborted) : (null, []);
        if (!ClientSecret.IsOf(stored, request.Client.Secret, now))
            return Refuse(address, stored, "The client is not known, or its secret is wrong.");
        ServiceAccount account = stored!.Account;
        if (!account.IsActive(now))
            return Refuse(address, stored, "The client may have no tokens any more.");
        _refused.Accept(address.LimitKey, clientId);
        if (request.Scopes?.FirstOrDefault(scope => !account.Scopes.Contains(scope, StringComparer.Ordinal)) is { } missing)
            return new GatewayFailure(OAuthErrors.ScopeInvalid, NewServiceAccount.IsScope(missing) ? $"The client may not have the scope {missing}." : "A scope is malformed.");
        return await IssueAsync(context, account, request.Scopes ?? account.Scopes, keys, now);
    }

    private Task<(StoredAccount?, IReadOnlyList<SigningKey>)> FindAsync(string clientId, CancellationToken cancellationToken) => store.ReadAsync(
        async session => (await ServiceAccountTable.FindStoredAsync(session, clientId), await SigningKeyTable.ListAsync(session)), cancellationToken);

    private async ValueTask<GatewayFailure?> IssueAsync(GatewayContext context, ServiceAccount account, IReadOnlyList<string> scopes, IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        // The first request of all may come before the first key.
        if (accounts.Issuer.Name is not { } issuer || (SignerOf(keys, now) ?? SignerOf(await accounts.RenewKeysAsync(keys), now)) is not { } signer)
            return new GatewayFailure(ErrorCatalogue.StoreUnavailable, "There is no key to sign with yet.") { RetryAfter = s_retryAfter };
        DateTimeOffset expires = account.Expires is { } end && end < now + accounts.Options.TokenLifetime ? end : now + accounts.Options.TokenLifetime;
        var token = new AccessToken(account, issuer, [.. scopes.Distinct(StringComparer.Ordinal)], now, expires, OwnSchemes.TenantClaimsOf(context.Plan));
        await NoteUseAsync(account, now, context.RequestAborted);
        Answer(context, token, token.Sign(signer.KeyId, signer.PrivateKey));
        context.User = account.ClientId;
        return null;
    }

    private (string KeyId, byte[] PrivateKey)? SignerOf(IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        foreach (SigningKey key in SigningKeySchedule.InTurn(keys, now))
        {
            if (protection.Reveal(key) is { } privateKey)
                return (key.KeyId, privateKey);
        }

        return null;
    }

    private GatewayFailure Refuse(ClientAddress address, StoredAccount? stored, string reason)
    {
        string? clientId = stored?.Account.ClientId;
        (bool addressIsOver, bool clientIsOver) = _refused.Add(address.LimitKey, clientId);
        if (addressIsOver)
            ServiceAccountLog.AddressRefused(logger, address.LimitText, clientId ?? "nobody that there is");
        if (clientIsOver)
            ServiceAccountLog.ClientRefused(logger, clientId!, address.LimitText);
        return ClientCredentials.Unknown(reason);
    }

    private async Task NoteUseAsync(ServiceAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - account.LastUsed < ServiceAccountTable.UseResolution)
            return;
        try
        {
            await accounts.Table.NoteUseAsync(account.ClientId, now, cancellationToken);
        }
        catch (StoreException exception)
        {
            // A full disk must not keep callers out who are known: what is lost is a time for operators to look at.
            ServiceAccountLog.UseNotNoted(logger, account.ClientId, exception.Message);
        }
    }

    // RFC 6749 §5.1.
    private static void Answer(GatewayContext context, AccessToken token, string text)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, ErrorJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("access_token"u8, text);
            json.WriteString("token_type"u8, "Bearer"u8);
            json.WriteNumber("expires_in"u8, token.Expires.ToUnixTimeSeconds() - token.IssuedAt.ToUnixTimeSeconds());
            if (token.Scopes.Count > 0)
                json.WriteString("scope"u8, string.Join(' ', token.Scopes));
            json.WriteEndObject();
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        BuiltInAnswer.Write(context, 200, "application/json", body.WrittenMemory);
    }
}
