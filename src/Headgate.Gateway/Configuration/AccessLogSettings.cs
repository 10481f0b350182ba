using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>Whether requests are logged, and what is left out.</summary>
public sealed record AccessLogSettings
{
    /// <summary>Whether requests are logged.</summary>
    [Setting("Whether requests are logged.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>The query parameters whose values are left out.</summary>
    [Setting("The query parameters whose values are left out of the log, without regard to case.")]
    public IReadOnlyList<string> RedactQuery { get; init; } =
        ["access_token", "api_key", "apikey", "client_secret", "code", "id_token", "key", "password", "refresh_token", "secret", "sig", "signature", "token"];
}
