namespace Commerce.Users;

internal sealed record RefreshResponse(string AccessToken, int ExpiresIn);
