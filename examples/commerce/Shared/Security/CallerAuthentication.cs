using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Commerce.Shared.Web;

namespace Commerce.Shared.Security;

/// <summary>
/// Finds out who calls. A bearer token speaks for its user; <c>X-User-ID</c> and <c>X-Tenant-ID</c> are believed only
/// beside the service key, because anybody can write a header.
/// </summary>
internal sealed class CallerAuthentication(JwtVerifier verifier, string serviceKey)
{
    private readonly byte[] _serviceKeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(serviceKey));

    public async ValueTask<Caller> AuthenticateAsync(HttpContext http, Access access, CancellationToken cancellationToken)
    {
        if (access == Access.Unchecked)
            return Caller.Anonymous;
        var caller = await IdentifyAsync(http.Request, cancellationToken);
        var allowed = access switch
        {
            Access.Public => true,
            Access.Caller => caller.IsService || caller.UserId is not null,
            Access.Operator => caller.IsOperator,
            Access.Trusted => caller.IsAdmin || caller.IsService,
            _ => caller.IsService,
        };
        if (allowed)
            return caller;
        throw caller == Caller.Anonymous
            ? ApiException.Unauthorized(access == Access.Service ? "A service key is required." : "A bearer token is required.")
            : ApiException.Forbidden(access == Access.Service ? "Only services may call this." : "The role 'admin' is required.");
    }

    private async ValueTask<Caller> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isService = false;
        if (request.Headers["X-API-Key"] is [{ } key, ..])
            isService = IsServiceKey(key) ? true : throw ApiException.Unauthorized("The service key is wrong.");
        if (request.Headers.Authorization is [{ } authorization, ..])
        {
            const string scheme = "Bearer ";
            if (!authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
                throw ApiException.Unauthorized("Only bearer tokens are understood.");
            var user = await verifier.VerifyAsync(authorization[scheme.Length..].Trim(), cancellationToken);
            return user with { IsService = isService };
        }

        return isService
            ? new Caller(Value(request, "X-User-ID"), Value(request, "X-Tenant-ID"), FrozenSet<string>.Empty, true)
            : Caller.Anonymous;
    }

    // Hashes are compared, so that neither length nor content of the key shows in the time taken.
    private bool IsServiceKey(string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _serviceKeyHash);

    private static string? Value(HttpRequest request, string header) =>
        request.Headers[header] is [{ Length: > 0 } value, ..] ? value : null;
}
