using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>A token that was verified, by whom and with which keys. Immutable but for <see cref="WasUsed"/>.</summary>
internal sealed class CachedToken
{
    /// <summary>The field in which it came, which is kept instead of a copy.</summary>
    public required string Field { get; init; }

    /// <summary>Where in the field the token begins.</summary>
    public required int Start { get; init; }

    public ReadOnlySpan<char> Token => Field.AsSpan(Start);

    public required int Hash { get; init; }

    /// <summary>The authenticator: one scheme of one plan.</summary>
    public required object Scheme { get; init; }

    /// <summary>The generation of the issuer's keys.</summary>
    public required KeySet Keys { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>Until when it is kept, in ticks of UTC.</summary>
    public required long UntilTicks { get; init; }

    /// <summary>Whether it was asked for since the last look for something to throw out.</summary>
    public bool WasUsed { get; set; }

    /// <summary>About how many bytes it holds.</summary>
    public int Bytes
    {
        get
        {
            const int ofObjects = 400;
            const int ofText = 64;
            int texts = Caller.Scopes.Count;
            for (int i = 0; i < Caller.Roles.Count; i++)
                texts += 3 + (2 * Caller.Roles[i].Permissions.Count);

            // What scopes and roles hold as text stood in the token: at most its length once more.
            return ofObjects + (4 * Field.Length) + (ofText * texts);
        }
    }
}
