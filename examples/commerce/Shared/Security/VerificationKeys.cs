using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Buffers.Text;

namespace Commerce.Shared.Security;

/// <summary>
/// The user service's public keys, read when first needed and kept. An unknown key id has the set read again, but not more
/// often than every <see cref="RefetchInterval"/>, so that forged ids cannot be turned into load.
/// </summary>
internal sealed class VerificationKeys(Func<CancellationToken, Task<JsonWebKeySet>> fetch, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan RefetchInterval = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private FrozenDictionary<string, RSA> _keys = FrozenDictionary<string, RSA>.Empty;
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    public async ValueTask<RSA?> FindAsync(string kid, CancellationToken cancellationToken)
    {
        if (_keys.TryGetValue(kid, out var known))
            return known;
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (!_keys.ContainsKey(kid) && clock.GetUtcNow() - _fetchedAt >= RefetchInterval)
            {
                var set = await fetch(cancellationToken);
                _keys = set.Keys.Where(key => key is { Kty: "RSA", Alg: JwtFormat.Algorithm }).ToFrozenDictionary(key => key.Kid, Import);
                _fetchedAt = clock.GetUtcNow();
            }
        }
        finally
        {
            _fetching.Release();
        }

        return _keys.GetValueOrDefault(kid);
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        _fetching.Dispose();
    }

    private static RSA Import(JsonWebKey key) => RSA.Create(new RSAParameters
    {
        Modulus = Base64Url.DecodeFromChars(key.N),
        Exponent = Base64Url.DecodeFromChars(key.E),
    });
}
