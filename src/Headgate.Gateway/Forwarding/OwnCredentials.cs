using Headgate.Gateway.Policies.Authentication;
using Headgate.OpenApi.Model;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Keeps the credentials of Headgate's own from upstreams, in all operations of the document that declares them: a service that has seen a key could use it. Only their own places
/// are touched; everything else passes byte for byte. Immutable, thread-safe.
/// </summary>
internal sealed class OwnCredentials
{
    private readonly CredentialPlace[] _fields;
    private readonly CredentialPlace[] _parameters;
    private readonly CredentialPlace[] _cookies;

    private OwnCredentials(CredentialPlace[] places)
    {
        _fields = [.. places.Where(place => place.In == ParameterLocation.Header)];
        _parameters = [.. places.Where(place => place.In == ParameterLocation.Query)];
        _cookies = [.. places.Where(place => place.In == ParameterLocation.Cookie)];
    }

    /// <summary>Whether one may stand in a cookie.</summary>
    public bool HasCookies => _cookies.Length > 0;

    /// <summary>Those that some authenticators consume; null for none.</summary>
    public static OwnCredentials? Of(IEnumerable<Authenticator> authenticators)
    {
        CredentialPlace[] places = [.. authenticators.SelectMany(authenticator => authenticator.Consumes).Distinct()];
        return places.Length == 0 ? null : new OwnCredentials(places);
    }

    /// <summary>Whether a header field is one.</summary>
    public bool Holds(string name, StringValues values)
    {
        foreach (CredentialPlace place in _fields)
        {
            if (place.IsField(name) && (place.Mark is null || place.Owns(values.ToString())))
                return true;
        }

        return false;
    }

    /// <summary>A query without them; the same string when there are none in it.</summary>
    public string QueryOf(string query)
    {
        if (_parameters.Length == 0 || query.Length <= 1 || !HasAny(_parameters, query.AsSpan(1), '&'))
            return query;
        string[] kept = [.. query[1..].Split('&').Where(pair => !Is(_parameters, pair))];
        return kept.Length == 0 ? "" : $"?{string.Join('&', kept)}";
    }

    /// <summary>A cookie field without them; the same string when there are none in it, empty when there is nothing else.</summary>
    public string CookiesOf(string field) =>
        HasAny(_cookies, field, ';') ? string.Join(';', field.Split(';').Where(pair => !Is(_cookies, pair))).TrimStart(' ') : field;

    private static bool HasAny(CredentialPlace[] places, ReadOnlySpan<char> text, char separator)
    {
        foreach (Range range in text.Split(separator))
        {
            if (Is(places, text[range]))
                return true;
        }

        return false;
    }

    private static bool Is(CredentialPlace[] places, ReadOnlySpan<char> pair)
    {
        ReadOnlySpan<char> name = PresentedCredential.Cut(pair, out _);
        foreach (CredentialPlace place in places)
        {
            if (place.IsPair(name))
                return true;
        }

        return false;
    }
}
