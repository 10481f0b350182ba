namespace Headgate.Gateway.ServiceAccounts;

/// <summary>The name of the gateway as an issuer of tokens, which is their audience as well: the settings say it, else the first listener, as soon as it listens. Thread-safe.</summary>
public sealed class TokenIssuer
{
    private readonly string[] _names = [""];

    /// <param name="given">What the settings say; null for nothing.</param>
    public TokenIssuer(Uri? given)
    {
        Given = given;
        if (given is not null)
            Name = NameOf(given);
    }

    /// <summary>What the settings say; null for nothing.</summary>
    public Uri? Given { get; }

    /// <summary>The name: a URL without a path (RFC 8414 §2); null while it is not known.</summary>
    public string? Name
    {
        get => Volatile.Read(ref _names[0]) is { Length: > 0 } name ? name : null;
        private set => Volatile.Write(ref _names[0], value!);
    }

    /// <summary>The audiences of its tokens: its name alone. One list, which plans may keep; it is filled before the first token is issued.</summary>
    internal IReadOnlyList<string> Audiences => _names;

    /// <summary>Takes the address of a listener for the name, unless the settings say another.</summary>
    public void ListensAt(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (Given is null)
            Name = NameOf(address);
    }

    private static string NameOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
