namespace Commerce.Users;

/// <summary>How a sign-in ended.</summary>
/// <param name="User">Who signed in; null when nobody did.</param>
/// <param name="Wait">How long the name must wait before it may try again; null when it need not.</param>
internal sealed record SignInOutcome(UserRow? User, TimeSpan? Wait)
{
    // One text for an unknown name, a wrong password and a closed account: none of them is to be found out.
    public const string WrongText = "The username or the password is wrong.";
    public const string WaitText = "Too many failed sign-ins.";

    public static readonly SignInOutcome Wrong = new(null, null);

    public int WaitSeconds => (int)Math.Ceiling(Wait.GetValueOrDefault().TotalSeconds);
}
