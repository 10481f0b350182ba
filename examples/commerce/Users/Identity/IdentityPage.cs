using System.Security.Cryptography;
using System.Text;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>A page of the provider: plain HTML without script, that no other page may frame.</summary>
internal static class IdentityPage
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem}"
        + "label,input{display:block;width:100%;box-sizing:border-box}input{font:inherit;margin:.2rem 0 1rem;padding:.4rem}"
        + "button{font:inherit;padding:.4rem 1rem}[role=alert]{color:#a00}";

    // The style is allowed by its hash: nothing else that got into the page would be applied.
    private static readonly string StyleSource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>The page.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="title">Its title and heading.</param>
    /// <param name="content">What stands under it.</param>
    /// <param name="formTargets">Where its forms may lead, by origin: browsers hold redirects that answer a form to it too.</param>
    public static Answer Of(int status, string title, Markup content, string? formTargets = null)
    {
        var page = Markup.Of(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{new Markup(Style)}</style></head>
            <body>
            <h1>{title}</h1>
            {content}
            </body>
            </html>

            """);
        return new Answer(status, Encoding.UTF8.GetBytes(page.Text)) { ContentType = "text/html; charset=utf-8" }
            .With("Content-Security-Policy", $"default-src 'none'; style-src {StyleSource}; form-action {formTargets ?? "'none'"}; frame-ancestors 'none'; base-uri 'none'")
            .With("X-Frame-Options", "DENY")
            .With("X-Content-Type-Options", "nosniff")
            .With("Referrer-Policy", "no-referrer")
            .With("Cache-Control", "no-store");
    }

    /// <summary>What went wrong, for the user: there is no application that could be told.</summary>
    public static Answer Of(ProtocolException error) =>
        Of(StatusCodes.Status400BadRequest, "This does not work", Markup.Of($"<p role=\"alert\">{error.Message}</p>"));
}
