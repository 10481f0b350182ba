using System.Text.Json.Serialization;

namespace Commerce.Users.Identity;

/// <summary>An application that may send its users here to sign in, as <c>clients.json</c> has it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record IdentityClient
{
    public required string ClientId { get; init; }

    /// <summary>What people read on the sign-in page.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The environment variable, or the file among the installation's secrets, that has its secret. Without one the
    /// application is public: it runs on people's own machines, where nothing stays secret (RFC 6749 §2.1).
    /// </summary>
    public string? SecretName { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    public bool IsPublic => SecretName is null;

    public bool MayRedirectTo(string uri) => RedirectUris.Any(registered => RedirectUri.Matches(registered, uri));

    public bool MayRedirectAfterLogoutTo(string uri) => PostLogoutRedirectUris.Any(registered => RedirectUri.Matches(registered, uri));
}
