namespace Commerce.Shared.Security;

internal sealed record JsonWebKeySet(IReadOnlyList<JsonWebKey> Keys);
