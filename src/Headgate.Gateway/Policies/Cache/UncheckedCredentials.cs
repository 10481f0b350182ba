using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Cache.Rules;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.Cache;

/// <summary>Sorts requests by what of their caller they show. Immutable.</summary>
/// <param name="fields">The fields of security schemes that are left to the upstreams.</param>
/// <param name="countsCookies">Whether such a scheme has its credentials in a cookie.</param>
internal sealed class UncheckedCredentials(string[] fields, bool countsCookies)
{
    /// <summary>Those of a document.</summary>
    public static UncheckedCredentials Of(ApiPlan api)
    {
        UncheckedPlaces places = UncheckedPlaces.Of(api);
        return new UncheckedCredentials([.. places.Fields], places.HasCookies);
    }

    /// <summary>What a request shows. Unverified credentials count for more than verified ones: the upstream may heed either.</summary>
    public RequestCredentials Of(GatewayContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        foreach (string field in fields)
        {
            if (headers.ContainsKey(field))
                return RequestCredentials.Unverified;
        }

        bool hasCookie = headers.Cookie.Count > 0;
        if (countsCookies && hasCookie)
            return RequestCredentials.Unverified;

        // RFC 9111 §3.5. Beside an API key it may speak of a person whom the upstream alone knows.
        if (headers.Authorization.Count > 0 && !context.HasVerifiedAuthorization)
            return RequestCredentials.Unverified;
        if (context.User is not null || context.ApiKey is not null)
            return RequestCredentials.Verified;

        // Verified, but of nobody who has a name: there is nothing to tell one from another by.
        if (context.IsAuthenticated)
            return RequestCredentials.Unverified;
        return hasCookie ? RequestCredentials.Cookie : RequestCredentials.None;
    }
}
