namespace Headgate.Gateway.Policies.Cache.Memory;

/// <summary>What a key stands for. Immutable.</summary>
/// <param name="Key">The key, whole: a hash alone never decides.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="PathHash">The hash of path and query alone, by which unsafe requests invalidate.</param>
/// <param name="Path">The path with its query.</param>
/// <param name="Api">The document.</param>
/// <param name="Operation">The operation.</param>
/// <param name="IsForOneCaller">Whether the caller is part of the key.</param>
internal sealed record CacheTarget(string Key, ulong Hash, ulong PathHash, string Path, string Api, string Operation, bool IsForOneCaller)
{
    /// <summary>About how many bytes it takes.</summary>
    public int Bytes => 200 + ((Key.Length + Path.Length) * sizeof(char));
}
