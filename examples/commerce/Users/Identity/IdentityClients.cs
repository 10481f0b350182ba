using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Users.Identity;

/// <summary>The registered applications, and who can prove to be one of them. Immutable.</summary>
internal sealed class IdentityClients
{
    private const string BuiltIn = "clients.json";

    private readonly FrozenDictionary<string, IdentityClient> _clients;
    private readonly FrozenDictionary<string, byte[]> _secretHashes;

    private IdentityClients(IReadOnlyCollection<IdentityClient> clients, SecretFiles secrets)
    {
        _clients = clients.ToFrozenDictionary(client => client.ClientId, StringComparer.Ordinal);
        _secretHashes = clients.Where(client => !client.IsPublic)
            .ToFrozenDictionary(client => client.ClientId, client => Hash(secrets.Get(client.SecretName!)), StringComparer.Ordinal);
    }

    /// <summary>Reads a file of clients, or those of development when there is none.</summary>
    /// <exception cref="CommerceStartException">The file cannot be read, or a client in it is wrong.</exception>
    public static IdentityClients Load(string? file, SecretFiles secrets)
    {
        try
        {
            var text = file is null ? ReadBuiltIn() : File.ReadAllText(file);
            var clients = Json.Read<IdentityClient[]>(text);
            if (Problem(clients) is { } problem)
                throw new CommerceStartException($"The clients in {file ?? BuiltIn} cannot be used: {problem}.");
            return new IdentityClients(clients, secrets);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CommerceStartException($"--clients {file} cannot be read: {error.Message}", error);
        }
    }

    public IdentityClient? Find(string? clientId) => clientId is null ? null : _clients.GetValueOrDefault(clientId);

    /// <summary>Whether the client is what it says: by its secret, or, when it has none, by sending none.</summary>
    public bool IsProven(IdentityClient client, string? secret)
    {
        if (client.IsPublic || secret is null)
            return client.IsPublic && secret is null;
        // Hashes are compared, so that neither length nor content of the secret shows in the time taken.
        return CryptographicOperations.FixedTimeEquals(Hash(secret), _secretHashes[client.ClientId]);
    }

    private static string? Problem(IdentityClient[] clients)
    {
        if (Array.IndexOf(clients, null) >= 0)
            return "null is no client";
        if (clients.GroupBy(client => client.ClientId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return $"'{twice.Key}' stands there twice";
        return clients.Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(IdentityClient client)
    {
        if (client.ClientId.Length == 0 || client.RedirectUris.Count == 0)
            return $"'{client.ClientId}' needs a clientId and a redirect URI";
        if (client.SecretName is { } name && (name.Length == 0 || name.Any(letter => !char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter) && letter != '_')))
            return $"secretName '{name}' must have capital letters, digits and '_' only";
        return client.RedirectUris.Concat(client.PostLogoutRedirectUris).Select(RedirectUri.Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string ReadBuiltIn()
    {
        using var stream = typeof(IdentityClients).Assembly.GetManifestResourceStream(BuiltIn)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
