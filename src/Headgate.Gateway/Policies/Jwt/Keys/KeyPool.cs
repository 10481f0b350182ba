using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>
/// Objects of the framework for one key, each used by one thread at a time: the framework promises no more. There are as many as threads ever checked at
/// once; they are released with the pool by the collector.
/// </summary>
/// <param name="make">Makes one.</param>
internal sealed class KeyPool<TKey>(Func<TKey> make)
    where TKey : AsymmetricAlgorithm
{
    private readonly ConcurrentQueue<TKey> _idle = new([make()]);

    public TKey Take() => _idle.TryDequeue(out TKey? key) ? key : make();

    public void Return(TKey key) => _idle.Enqueue(key);
}
