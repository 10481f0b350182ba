using Commerce.Shared.Data;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>Where applications send their users, and where the page that they see there leads (OpenID Connect Core 1.0 §3.1.2).</summary>
internal sealed class AuthorizeEndpoint(
    Database database,
    AuthorizationRequestReader reader,
    SignIn signIn,
    IdentitySessions sessions,
    AuthorizationCodes codes,
    LoginPage page,
    FormProtection protection,
    TimeProvider clock)
{
    public Task<Answer> GetAsync(ServiceRequest http) => AuthorizeAsync(http, ProtocolParameters.OfQuery(http));

    // OpenID Connect Core 1.0 §3.1.2.1: both methods.
    public Task<Answer> PostAsync(ServiceRequest http) => AuthorizeAsync(http, ProtocolParameters.OfForm(http));

    /// <summary>The form of the sign-in page.</summary>
    public async Task<Answer> LoginAsync(ServiceRequest http)
    {
        var form = ProtocolParameters.OfForm(http);
        form.RefuseRepeated();
        // The request came through the user's hands: it is read as if it were new.
        return await AnswerAsync(protection.Open(http, LoginPage.Purpose, form), async request =>
        {
            if (form["decision"] == "cancel")
                throw new ProtocolException("access_denied", "The user did not sign in.");
            var outcome = await signIn.TryAsync(form["username"] ?? "", form["password"] ?? "", http.Aborted);
            return outcome.User is { } user
                ? await SignedInAsync(http, request, user)
                : page.ShowAgain(http.Http.Request, request, form["username"], outcome);
        });
    }

    private Task<Answer> AuthorizeAsync(ServiceRequest http, ProtocolParameters parameters) => AnswerAsync(parameters, async request =>
    {
        var session = database.Read(connection => sessions.Find(connection, http.Http.Request));
        if (session is not null && request.MayReuse(session, clock.GetUtcNow()))
        {
            var code = await database.WriteAsync(connection => IssueCode(connection, request, session), http.Aborted);
            return request.Target.WithCode(code);
        }

        if (request.IsSilent)
            throw new ProtocolException("login_required", "The user must sign in.");
        return page.Show(http.Http.Request, request);
    });

    private async Task<Answer> AnswerAsync(ProtocolParameters parameters, Func<AuthorizationRequest, Task<Answer>> answer)
    {
        var target = reader.Target(parameters);
        try
        {
            return await answer(reader.Read(target, parameters));
        }
        catch (ProtocolException error)
        {
            return target.Refuse(error);
        }
    }

    private async Task<Answer> SignedInAsync(ServiceRequest http, AuthorizationRequest request, UserRow user)
    {
        // OpenID Connect Core 1.0 §3.1.2.2: the application means a certain user, and nobody else will do.
        if (request.Subject is { } subject && subject != user.Id)
            throw new ProtocolException("login_required", "Another user signed in than the one who is meant.");
        var (code, cookie) = await database.WriteAsync(connection =>
        {
            UserStore.RecordLogin(connection, user.Id, clock);
            sessions.End(connection, http.Http.Request);
            var (session, cookie) = sessions.Begin(connection, user.Id);
            return (IssueCode(connection, request, session), cookie);
        }, http.Aborted);
        return request.Target.WithCode(code).With("Set-Cookie", cookie);
    }

    private string IssueCode(Microsoft.Data.Sqlite.SqliteConnection connection, AuthorizationRequest request, IdentitySession session)
    {
        var scope = Scopes.Granted(request.Scope, UserStore.Find(connection, session.UserId)!);
        return scope.Length > 0
            ? codes.Issue(connection, request, scope, session)
            : throw ProtocolException.InvalidScope("The user may have nothing of what the scope names.");
    }
}
