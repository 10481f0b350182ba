namespace Commerce.Shared.Security;

/// <summary>A public RSA key as RFC 7517 writes it.</summary>
internal sealed record JsonWebKey(string Kty, string Use, string Alg, string Kid, string N, string E);
