namespace Commerce.Users.Identity;

/// <summary>That a user signed in with this browser.</summary>
/// <param name="UserId">The user.</param>
/// <param name="AuthTime">When, in seconds since 1970.</param>
internal sealed record IdentitySession(string UserId, long AuthTime);
