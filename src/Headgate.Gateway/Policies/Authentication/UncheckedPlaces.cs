using System.Globalization;
using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>
/// The header fields and cookies in which callers show who they are by declared schemes that Headgate leaves to the services: whom they are from it does not know, but that two differ it can see.
/// Immutable, thread-safe.
/// </summary>
public sealed class UncheckedPlaces
{
    private readonly CredentialPlace[] _places;

    private UncheckedPlaces(CredentialPlace[] places) => _places = places;

    /// <summary>The header fields.</summary>
    internal IEnumerable<string> Fields => _places.Where(place => place.In == ParameterLocation.Header).Select(place => place.Name);

    /// <summary>Whether there are cookies among them.</summary>
    internal bool HasCookies => Array.Exists(_places, place => place.In == ParameterLocation.Cookie);

    /// <summary>Those of a document.</summary>
    public static UncheckedPlaces Of(ApiPlan api)
    {
        ArgumentNullException.ThrowIfNull(api);
        return new UncheckedPlaces(
        [
            .. api.Document.SecuritySchemes.Values
                .Where(scheme => scheme is { In: ParameterLocation.Header or ParameterLocation.Cookie, ParameterName: not null } && !api.Authenticators.ContainsKey(scheme.Key))
                .Select(scheme => new CredentialPlace(scheme.In!.Value, scheme.ParameterName!)),
        ]);
    }

    /// <summary>What a request shows there: equal for equal callers, and different where one place differs; null where it shows nothing. A secret, to be hashed.</summary>
    public string? ShownBy(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        StringBuilder? shown = null;
        for (int i = 0; i < _places.Length; i++)
        {
            if (PresentedCredential.Find([_places[i]], context.Request, out ReadOnlySpan<char> value) > 0)
                (shown ??= new StringBuilder()).Append(CultureInfo.InvariantCulture, $"{i}:{value.Length}:").Append(value);
        }

        return shown?.ToString();
    }
}
