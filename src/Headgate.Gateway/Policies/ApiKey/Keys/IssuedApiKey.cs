namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>A key with its secret: what is handed out once and kept nowhere.</summary>
/// <param name="Key">What is known of it.</param>
/// <param name="Text">The key itself. A secret.</param>
public sealed record IssuedApiKey(ApiKeyRecord Key, string Text);
