using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Finds the bearer token of a request. Only the <c>Authorization</c> field may carry it: a token in a URL ends up in logs (RFC 9700 §4.3.2).</summary>
internal static class BearerToken
{
    public const string Scheme = "Bearer";

    /// <summary>Where in the field's value the token begins.</summary>
    /// <returns>-1 when the request has no bearer token, -2 when it has more than one.</returns>
    public static int Find(StringValues authorization)
    {
        if (authorization.Count == 0)
            return -1;
        if (authorization.Count > 1)
            return -2;

        // RFC 9110 §11.4: the scheme's name in any case, at least one space, the token.
        string? value = authorization[0];
        if (value is null || value.Length <= Scheme.Length || value[Scheme.Length] != ' ' || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return -1;
        int at = Scheme.Length;
        while (at < value.Length && value[at] == ' ')
            at++;
        return at;
    }
}
