using System.Collections.Concurrent;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>
/// Every key that holds, in memory: a request's key is checked without the store, and one that does not exist is known not to. Looking one up takes no lock and allocates
/// nothing. Thread-safe, but that one thread at a time takes keys.
/// </summary>
public sealed class KnownKeys
{
    /// <summary>The most keys that hold at once, of some 350 bytes each; no more are made.</summary>
    public const int Most = 1_000_000;

    private readonly ConcurrentDictionary<string, KnownKey> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KnownKey>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly SharedTexts<string> _owners = new();
    private readonly SharedTexts<string> _tenants = new();
    private readonly SharedTexts<string[]> _scopes = new();
    private long _readAtTicks = long.MinValue;

    /// <summary>None yet, and none that may be believed.</summary>
    public KnownKeys() => _byText = _keys.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many there are.</summary>
    public int Count => _keys.Count;

    /// <summary>All of them, while others may change.</summary>
    internal IEnumerable<KnownKey> All => _keys.Select(pair => pair.Value);

    /// <summary>When the store was read last; null for never.</summary>
    internal DateTimeOffset? ReadAt
    {
        get => Volatile.Read(ref _readAtTicks) is var ticks && ticks == long.MinValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        set => Volatile.Write(ref _readAtTicks, value?.UtcTicks ?? long.MinValue);
    }

    /// <summary>Whether they may be believed, since the store was read not too long ago.</summary>
    internal bool AreUsable(DateTimeOffset now, TimeSpan staleFor) =>
        Volatile.Read(ref _readAtTicks) is var readAt && readAt != long.MinValue && now.UtcTicks - readAt <= staleFor.Ticks;

    /// <summary>The key of an id; null when none holds.</summary>
    internal KnownKey? Find(ReadOnlySpan<char> id) => _byText.TryGetValue(id, out KnownKey? key) ? key : null;

    /// <summary>Takes a key as it stands now.</summary>
    internal void Take(StoredApiKey stored, DateTimeOffset now)
    {
        if (stored.Key.StateAt(now) != ApiKeyState.Active)
        {
            Forget(stored.Key.Id);
            return;
        }

        var known = new KnownKey(stored, CallerOf(stored.Key));
        if (_keys.TryGetValue(known.Id, out KnownKey? before))
            known.Follow(before);
        _keys[known.Id] = known;
    }

    internal void Forget(string id) => _keys.TryRemove(id, out _);

    internal void KeepOnly(IReadOnlySet<string> ids)
    {
        foreach (KnownKey key in All)
        {
            if (!ids.Contains(key.Id))
                Forget(key.Id);
        }
    }

    private Caller CallerOf(ApiKeyRecord key) => new()
    {
        User = Share(_owners, key.Owner),
        Tenant = Share(_tenants, key.Tenant),

        // The key itself and not its owner: what was assigned to a user is not every key's that speaks for him.
        Subject = new Subject(SubjectKind.ApiKey, key.Id),
        Scopes = key.Scopes.Count == 0 ? [] : _scopes.Get(string.Join(' ', key.Scopes), text => text.Split(' ')),
        Roles = key.Roles.Count == 0 ? [] : [.. key.Roles.Select(role => role.ToGrant())],
    };

    private static string? Share(SharedTexts<string> texts, string? text) => text is null ? null : texts.Get(text, same => same);
}
