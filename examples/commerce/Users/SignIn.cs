using Commerce.Shared.Data;

namespace Commerce.Users;

/// <summary>
/// Checks a name and a password, for the shop's own sign-in and for the page of the OpenID provider, which share the count of
/// failures. Guesses for one name are checked one after the other, so that many at once are no way around that count.
/// </summary>
internal sealed class SignIn(Database database, PasswordHasher passwords, LoginThrottle throttle)
{
    public async Task<SignInOutcome> TryAsync(string username, string password, CancellationToken cancellationToken)
    {
        // Nobody has such a name. It is not counted either, so that the names that are counted stay short.
        if (username.Length > UserRow.LongestUsername)
            return SignInOutcome.Wrong;
        using var turn = await throttle.TakeTurnAsync(username, cancellationToken);
        if (throttle.Wait(username) is { } wait)
            return new SignInOutcome(null, wait);
        var user = database.Read(connection => UserStore.FindByUsername(connection, username));
        if (!passwords.Verify(password, user?.PasswordHash) || user is not { IsActive: true })
        {
            throttle.Failed(username);
            return SignInOutcome.Wrong;
        }

        throttle.Succeeded(username);
        return new SignInOutcome(user, null);
    }
}
