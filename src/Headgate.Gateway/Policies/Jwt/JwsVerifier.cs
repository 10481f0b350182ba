using System.Buffers;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>Checks the signature of a token in the compact form of RFC 7515 §3.1, as RFC 8725 has it done. Thread-safe.</summary>
/// <param name="allowed">The algorithms that may be used.</param>
internal sealed class JwsVerifier(JwtAlgorithmSet allowed)
{
    /// <summary>The longest token, in characters.</summary>
    public const int MostTokenChars = 16 * 1024;

    /// <summary>The longest header, encoded.</summary>
    public const int MostHeaderChars = 4 * 1024;

    /// <summary>How many bytes <see cref="Verify"/> works with.</summary>
    public static int ScratchBytes(int tokenChars) => 3 * tokenChars;

    /// <summary>Checks a token.</summary>
    /// <param name="token">The token, of at most <see cref="MostTokenChars"/>.</param>
    /// <param name="keys">The issuer's keys.</param>
    /// <param name="mayHold">Whether the thread may be held by a long computation.</param>
    /// <param name="scratch">Room of <see cref="ScratchBytes"/>; the payload of the result lies in it.</param>
    public JwsResult Verify(ReadOnlySpan<char> token, KeySet keys, bool mayHold, Span<byte> scratch)
    {
        Span<byte> ascii = scratch[..token.Length];
        if (Ascii.FromUtf16(token, ascii, out _) != OperationStatus.Done || !TrySplit(ascii, out int header, out int payload))
            return JwsResult.Refuse("The token is not a signed JWT.");
        if (header > MostHeaderChars)
            return JwsResult.Refuse("The token's header is too large.");

        Span<byte> room = scratch.Slice(token.Length, token.Length);
        if (!Base64UrlText.TryDecode(ascii[..header], room, out int headerBytes))
            return JwsResult.Refuse("The token is not base64url.");
        if (ReadHeader(room[..headerBytes], scratch[(2 * token.Length)..], out JwsHeader read) is { } reason)
            return JwsResult.Refuse(reason);
        if (!allowed.Contains(read.Algorithm!.Id))
            return JwsResult.Refuse("The token's algorithm is not accepted.");

        KeyCandidates candidates = keys.Find(read.Algorithm, read.KeyId);
        if (candidates.Count == 0)
            return NoKey(read, candidates);
        if (!mayHold && candidates.WantPool)
            return new JwsResult { Outcome = JwsOutcome.WantsPool };
        if (!Base64UrlText.TryDecode(ascii[(payload + 1)..], room, out int signatureBytes))
            return JwsResult.Refuse("The token is not base64url.");
        if (!candidates.AnyVerifies(read.Algorithm, ascii[..payload], room[..signatureBytes]))
            return JwsResult.Refuse("The token's signature is wrong.");
        return Base64UrlText.TryDecode(ascii[(header + 1)..payload], room, out int payloadBytes)
            ? new JwsResult { Outcome = JwsOutcome.Verified, KeyId = read.KeyId, Payload = room[..payloadBytes] }
            : JwsResult.Refuse("The token is not base64url.");
    }

    // Exactly two dots, and something on each side of them: five parts are an encrypted token, an empty third one an unsigned.
    private static bool TrySplit(ReadOnlySpan<byte> token, out int firstDot, out int secondDot)
    {
        firstDot = token.IndexOf((byte)'.');
        secondDot = firstDot < 0 ? -1 : firstDot + 1 + token[(firstDot + 1)..].IndexOf((byte)'.');
        return firstDot > 0 && secondDot > firstDot + 1 && secondDot < token.Length - 1 && !token[(secondDot + 1)..].Contains((byte)'.');
    }

    private static string? ReadHeader(ReadOnlySpan<byte> json, Span<byte> names, out JwsHeader header)
    {
        try
        {
            return JwsHeader.Read(json, names, out header);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            header = default;
            return "The token's header is malformed.";
        }
    }

    private static JwsResult NoKey(JwsHeader header, KeyCandidates candidates)
    {
        if (!header.Algorithm!.IsAvailable)
            return JwsResult.Refuse($"The token's algorithm {header.Algorithm.Name} is not available on this platform.");
        if (candidates.NamedIsOfAnotherKind || header.KeyId is null)
            return JwsResult.Refuse("No key of the issuer is for the token's algorithm.");
        return new JwsResult { Outcome = JwsOutcome.UnknownKey, Reason = "The token names a key that its issuer does not have.", KeyId = header.KeyId };
    }
}
