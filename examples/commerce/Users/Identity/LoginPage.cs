using System.Globalization;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>The sign-in page. To sign in is to consent: the page says which application asks, for what, and where it goes on.</summary>
internal sealed class LoginPage(FormProtection protection)
{
    public const string Purpose = "login";

    public Answer Show(HttpRequest http, AuthorizationRequest request) =>
        Show(http, request, StatusCodes.Status200OK, Markup.Nothing, request.LoginHint);

    public Answer ShowAgain(HttpRequest http, AuthorizationRequest request, string? username, SignInOutcome outcome)
    {
        if (outcome.Wait is null)
            return Show(http, request, StatusCodes.Status400BadRequest, Alert(SignInOutcome.WrongText), username);
        return Show(http, request, StatusCodes.Status429TooManyRequests, Alert(SignInOutcome.WaitText), username)
            .With("Retry-After", outcome.WaitSeconds.ToString(CultureInfo.InvariantCulture));
    }

    private Answer Show(HttpRequest http, AuthorizationRequest request, int status, Markup alert, string? username)
    {
        var origin = RedirectUri.Origin(request.Target.Uri);
        var (fields, cookie) = protection.Protect(http, Purpose, request.Text);
        // The address is relative: the page is shown wherever the issuer is.
        var content = Markup.Of(
            $"""
            <p><strong>{request.Target.Client.Name}</strong> asks you to sign in, and for: {request.Scope}. You go on to {origin}.</p>
            {alert}
            <form method="post" action="login">
            {fields}
            <label>Username <input name="username" value="{username}" autocomplete="username" autocapitalize="none" autofocus></label>
            <label>Password <input name="password" type="password" autocomplete="current-password"></label>
            <button>Sign in</button>
            <button name="decision" value="cancel">Cancel</button>
            </form>
            """);
        return IdentityPage.Of(status, "Sign in", content, $"'self' {origin}").With("Set-Cookie", cookie);
    }

    private static Markup Alert(string text) => Markup.Of($"<p role=\"alert\">{text}</p>");
}
