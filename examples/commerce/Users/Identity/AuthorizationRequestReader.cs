using System.Globalization;

namespace Commerce.Users.Identity;

/// <summary>Reads authorization requests (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core 1.0 §3.1.2.1).</summary>
internal sealed class AuthorizationRequestReader(IdentityClients clients, IdTokenIssuer idTokens, IssuerAddress issuer)
{
    private static readonly string[] Prompts = ["none", "login", "consent", "select_account"];

    /// <summary>
    /// To whom the answer goes. RFC 6749 §4.1.2.1: as long as that is not certain nobody is redirected, the user is told.
    /// </summary>
    /// <exception cref="ProtocolException">There is no such application, or the redirect URI is not its own.</exception>
    public RedirectTarget Target(ProtocolParameters parameters)
    {
        var client = clients.Find(parameters["client_id"])
            ?? throw ProtocolException.InvalidRequest("The application that sent you here is not registered.");
        var uri = parameters["redirect_uri"];
        return uri is not null && client.MayRedirectTo(uri)
            ? new RedirectTarget(client, uri, parameters["state"], issuer.Text)
            : throw ProtocolException.InvalidRequest("The address to which you would be sent back is not one that the application registered.");
    }

    /// <summary>The whole request.</summary>
    /// <exception cref="ProtocolException">It is not in order; <paramref name="target"/> may be told.</exception>
    public AuthorizationRequest Read(RedirectTarget target, ProtocolParameters parameters)
    {
        parameters.RefuseRepeated();
        CheckKind(parameters);
        return new AuthorizationRequest
        {
            Target = target,
            Text = parameters.Text,
            Scope = Scope(parameters),
            Challenge = Challenge(parameters),
            Nonce = parameters["nonce"],
            Prompt = Prompt(parameters),
            MaxAge = MaxAge(parameters),
            LoginHint = parameters["login_hint"],
            Subject = Subject(target, parameters),
        };
    }

    private static void CheckKind(ProtocolParameters parameters)
    {
        if (parameters.Required("response_type") != "code")
            throw new ProtocolException("unsupported_response_type", "The response_type must be code.");
        if (parameters["response_mode"] is not (null or "query"))
            throw ProtocolException.InvalidRequest("The response_mode must be query.");
        // OpenID Connect Core 1.0 §3.1.2.6.
        foreach (var name in new[] { "request", "request_uri", "registration" })
        {
            if (parameters[name] is not null)
                throw new ProtocolException($"{name}_not_supported", $"The parameter {name} is not supported.");
        }
    }

    // RFC 6749 §3.3: what nobody knows is left out; it would stand on the sign-in page too.
    private static string Scope(ProtocolParameters parameters)
    {
        var known = string.Join(' ', (parameters["scope"] ?? "").Split(' ').Intersect(Scopes.Supported));
        return known.Length > 0 ? known : throw ProtocolException.InvalidScope("The scope names nothing that can be granted.");
    }

    private static string Challenge(ProtocolParameters parameters)
    {
        var challenge = parameters.Required("code_challenge");
        // RFC 7636 §4.3: without a method it would be plain, which whoever sees the request could redeem (RFC 9700 §2.1.1).
        if (parameters["code_challenge_method"] != ProofKey.Method)
            throw ProtocolException.InvalidRequest($"The code_challenge_method must be {ProofKey.Method}.");
        return ProofKey.IsChallenge(challenge)
            ? challenge
            : throw ProtocolException.InvalidRequest("The code_challenge is no base64url of a SHA-256.");
    }

    private static string[] Prompt(ProtocolParameters parameters)
    {
        var prompt = parameters["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (prompt.Except(Prompts).Any())
            throw ProtocolException.InvalidRequest("The prompt must be none, login, consent or select_account.");
        return prompt.Length > 1 && prompt.Contains("none")
            ? throw ProtocolException.InvalidRequest("The prompt none stands alone.")
            : prompt;
    }

    private static TimeSpan? MaxAge(ProtocolParameters parameters)
    {
        if (parameters["max_age"] is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw ProtocolException.InvalidRequest("The max_age must be a number of seconds.");
    }

    private string? Subject(RedirectTarget target, ProtocolParameters parameters)
    {
        if (parameters["id_token_hint"] is not { } hint)
            return null;
        return idTokens.Read(hint) is { } token && token.Aud == target.Client.ClientId
            ? token.Sub
            : throw ProtocolException.InvalidRequest("The id_token_hint is no token that the application got here.");
    }
}
