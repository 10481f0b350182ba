using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Model;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>Finds the credential that a request presents in one of its places. Allocates nothing. Stateless, thread-safe.</summary>
internal static class PresentedCredential
{
    /// <summary>Finds it.</summary>
    /// <param name="places">Where it may stand.</param>
    /// <param name="request">The request.</param>
    /// <param name="value">The first that there is, as it was sent.</param>
    /// <returns>How many there are. Empty ones are none.</returns>
    public static int Find(CredentialPlace[] places, ClientRequest request, out ReadOnlySpan<char> value)
    {
        value = default;
        int count = 0;
        foreach (CredentialPlace place in places)
        {
            if (place.In == ParameterLocation.Header)
                count += InFields(place, request.Headers[place.Name], ref value);
            else if (place.In == ParameterLocation.Query && request.Query.Length > 1)
                count += InPairs(place, request.Query.AsSpan(1), '&', ref value);
            else if (place.In == ParameterLocation.Cookie)
                count += InCookies(place, request.Headers.Cookie, ref value);
        }

        return count;
    }

    /// <summary>Cuts a pair of a query or of cookies at its first equals sign.</summary>
    /// <returns>The name. Without the white space that stands between cookies (RFC 6265 §5.4), and that many services forgive elsewhere; a query has none.</returns>
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> pair, out ReadOnlySpan<char> value)
    {
        int equals = pair.IndexOf('=');
        value = equals < 0 ? default : pair[(equals + 1)..];
        return (equals < 0 ? pair : pair[..equals]).Trim(" \t");
    }

    private static int InFields(CredentialPlace place, StringValues values, ref ReadOnlySpan<char> found)
    {
        int count = 0;
        foreach (string? value in values)
            count += Take(place, value, ref found);
        return count;
    }

    private static int InCookies(CredentialPlace place, StringValues fields, ref ReadOnlySpan<char> found)
    {
        int count = 0;
        foreach (string? field in fields)
            count += InPairs(place, field, ';', ref found);
        return count;
    }

    private static int InPairs(CredentialPlace place, ReadOnlySpan<char> text, char separator, ref ReadOnlySpan<char> found)
    {
        int count = 0;
        foreach (Range range in text.Split(separator))
        {
            if (place.IsPair(Cut(text[range], out ReadOnlySpan<char> value)))
                count += Take(place, value, ref found);
        }

        return count;
    }

    private static int Take(CredentialPlace place, ReadOnlySpan<char> value, ref ReadOnlySpan<char> found)
    {
        if (value.IsEmpty || !place.Owns(value))
            return 0;
        if (found.IsEmpty)
            found = value;
        return 1;
    }
}
