using System.Collections.Frozen;

namespace Headgate.Gateway.ServiceAccounts;

/// <summary>The accounts that were revoked while tokens of theirs may still live, as the store said last. Asking takes no lock and allocates nothing. Thread-safe.</summary>
internal sealed class RevokedAccounts
{
    private FrozenSet<string> _clientIds = FrozenSet<string>.Empty;

    public bool Contains(string? clientId) => clientId is not null && Volatile.Read(ref _clientIds).Contains(clientId);

    public void Replace(IReadOnlyList<string> clientIds)
    {
        FrozenSet<string> before = Volatile.Read(ref _clientIds);
        if (before.Count != clientIds.Count || !clientIds.All(before.Contains))
            Volatile.Write(ref _clientIds, clientIds.ToFrozenSet(StringComparer.Ordinal));
    }
}
