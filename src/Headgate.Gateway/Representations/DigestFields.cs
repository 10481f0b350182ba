using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Representations;

/// <summary>The fields that tell a digest of an answer's bytes (RFC 9530 and its forerunners), and are wrong once those are others. Stateless, thread-safe.</summary>
internal static class DigestFields
{
    private static readonly string[] s_names = ["Content-Digest", "Repr-Digest", "Digest", "Content-MD5"];

    /// <summary>Whether there is one.</summary>
    public static bool AreIn(IHeaderDictionary headers)
    {
        foreach (string name in s_names)
        {
            if (headers.ContainsKey(name))
                return true;
        }

        return false;
    }

    /// <summary>Leaves them out.</summary>
    public static void RemoveFrom(IHeaderDictionary headers)
    {
        foreach (string name in s_names)
            headers.Remove(name);
    }
}
