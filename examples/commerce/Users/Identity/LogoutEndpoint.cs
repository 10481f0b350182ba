using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Commerce.Users.Identity;

/// <summary>
/// Ends the session of a browser (OpenID Connect RP-Initiated Logout 1.0). The user is always asked, so that no other site can
/// sign anybody out. What was granted to applications for later (<c>offline_access</c>) stays.
/// </summary>
internal sealed class LogoutEndpoint(
    Database database, IdentityClients clients, IdTokenIssuer idTokens, IdentitySessions sessions, FormProtection protection)
{
    private const string Purpose = "logout";

    public Answer Get(ServiceRequest http) => Ask(http, ProtocolParameters.OfQuery(http));

    public async Task<Answer> PostAsync(ServiceRequest http)
    {
        var form = ProtocolParameters.OfForm(http);
        if (form[FormProtection.TokenField] is null)
            return Ask(http, form);
        form.RefuseRepeated();
        var parameters = protection.Open(http, Purpose, form);
        var cookie = await database.WriteAsync(connection => sessions.End(connection, http.Http.Request), http.Aborted);
        var answer = Target(parameters) is { } target
            ? Answer.SeeOther(target).With("Cache-Control", "no-store").With("Referrer-Policy", "no-referrer")
            : IdentityPage.Of(StatusCodes.Status200OK, "Signed out", Markup.Of($"<p>You are signed out in this browser.</p>"));
        return answer.With("Set-Cookie", cookie);
    }

    private Answer Ask(ServiceRequest http, ProtocolParameters parameters)
    {
        parameters.RefuseRepeated();
        var origin = Target(parameters) is { } target ? $"'self' {RedirectUri.Origin(target)}" : "'self'";
        var (fields, cookie) = protection.Protect(http.Http.Request, Purpose, parameters.Text);
        var content = Markup.Of(
            $"""
            <p>Do you want to sign out in this browser?</p>
            <form method="post" action="logout">
            {fields}
            <button autofocus>Sign out</button>
            </form>
            """);
        return IdentityPage.Of(StatusCodes.Status200OK, "Sign out", content, origin).With("Set-Cookie", cookie);
    }

    // RP-Initiated Logout 1.0 §3: only to an address that the application registered for this.
    private string? Target(ProtocolParameters parameters)
    {
        if (parameters["post_logout_redirect_uri"] is not { } uri)
            return null;
        var client = clients.Find(ClientId(parameters));
        if (client is null || !client.MayRedirectAfterLogoutTo(uri))
            throw ProtocolException.InvalidRequest("The address to which you would be sent back is not one that the application registered.");
        return parameters["state"] is { } state ? QueryHelpers.AddQueryString(uri, "state", state) : uri;
    }

    private string? ClientId(ProtocolParameters parameters)
    {
        var named = parameters["client_id"];
        if (parameters["id_token_hint"] is not { } hint)
            return named;
        return idTokens.Read(hint) is { } token && (named is null || named == token.Aud)
            ? token.Aud
            : throw ProtocolException.InvalidRequest("The id_token_hint is no token that the application got here.");
    }
}
