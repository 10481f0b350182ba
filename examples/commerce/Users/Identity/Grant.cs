namespace Commerce.Users.Identity;

/// <summary>What a user granted to an application when signing in for it. Its refresh tokens are a family of the same id.</summary>
/// <param name="Id">The id, <c>fam_…</c>.</param>
/// <param name="ClientId">The application.</param>
/// <param name="UserId">The user.</param>
/// <param name="Scope">The scopes, separated by spaces.</param>
/// <param name="AuthTime">When the user signed in, in seconds since 1970.</param>
internal sealed record Grant(string Id, string ClientId, string UserId, string Scope, long AuthTime)
{
    public bool Has(string scope) => Scope.Split(' ').Contains(scope);
}
