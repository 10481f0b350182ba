using Commerce.Shared.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Commerce.Users.Identity;

/// <summary>Where an authorization request is answered: a redirect URI that is known to be its application's.</summary>
internal sealed record RedirectTarget(IdentityClient Client, string Uri, string? State, string Issuer)
{
    public Answer WithCode(string code) => Back(("code", code));

    // RFC 6749 §4.1.2.1.
    public Answer Refuse(ProtocolException error) => Back(("error", error.Code), ("error_description", error.Message));

    private Answer Back(params (string Name, string? Value)[] outcome)
    {
        // RFC 9207 §2: the application sees which issuer answers it, errors included.
        var query = outcome.Append(("state", State)).Append(("iss", Issuer)).Where(pair => pair.Item2 is not null)
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);
        return Answer.SeeOther(QueryHelpers.AddQueryString(Uri, query))
            .With("Cache-Control", "no-store")
            // RFC 9700 §4.2.4: what stands in the URL is not told to whatever the next page links to.
            .With("Referrer-Policy", "no-referrer");
    }
}
