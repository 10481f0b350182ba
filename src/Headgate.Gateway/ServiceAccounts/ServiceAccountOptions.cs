namespace Headgate.Gateway.ServiceAccounts;

/// <summary>What the settings of this instance say of service accounts. Immutable.</summary>
public sealed record ServiceAccountOptions
{
    /// <summary>The longest that a token may be made to live.</summary>
    public static readonly TimeSpan LongestTokenLifetime = TimeSpan.FromHours(1);

    /// <summary>The shortest secret for keys: what is shorter can be guessed.</summary>
    public const int ShortestKeySecret = 32;

    /// <summary>
    /// <c>--issuer URL</c>: scheme, host and port by which clients know the gateway. Tokens name it, and <c>/oauth/token</c> is mounted whether or not a document asks for
    /// it. Null: the address of the first listener, and mounted where a document asks.
    /// </summary>
    public Uri? Issuer { get; init; }

    /// <summary>How long a token lives. Default 5 minutes, at most an hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a key signs before the next one does. Default 30 days.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The secret under which private keys are encrypted in the store, of at least 32 characters; null for not encrypted.</summary>
    public string? KeySecret { get; init; }

    /// <summary>Whether other instances use the same store.</summary>
    public bool SharesStore { get; init; }
}
