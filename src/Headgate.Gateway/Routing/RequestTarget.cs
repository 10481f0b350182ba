using System.Buffers;

namespace Headgate.Gateway.Routing;

/// <summary>
/// Brings a request target into the one form that is matched and forwarded, so that no two parties read different paths out of it.
/// A target that is in that form already costs one vectorised scan and no allocation beyond the split at the question mark.
/// </summary>
internal static class RequestTarget
{
    // RFC 3986 §3.3: pchar without percent-encoding, and the slash.
    private static readonly SearchValues<char> s_plainPathChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/");

    /// <summary>
    /// Splits a target (origin form, or absolute form as RFC 9112 §3.2.2 makes servers accept it) into a normal path and the query as sent.
    /// </summary>
    /// <returns>False when the target is none that a resource could have: see <paramref name="reason"/>.</returns>
    public static bool TryNormalise(string target, out string path, out string query, out string? reason)
    {
        int start = 0;
        if (target.Length == 0 || target[0] != '/')
        {
            start = PathStartOfAbsoluteForm(target);
            if (start < 0)
            {
                (path, query) = ("/", "");
                reason = "it is neither a path nor an absolute URL";
                return false;
            }
        }

        int question = target.IndexOf('?', start);
        query = question < 0 ? "" : target[question..];
        ReadOnlySpan<char> raw = target.AsSpan(start, (question < 0 ? target.Length : question) - start);
        if (IsNormal(raw))
        {
            path = raw.Length == target.Length ? target : raw.ToString();
            reason = null;
            return true;
        }

        return PathNormaliser.TryNormalise(raw, out path, out reason);
    }

    private static bool IsNormal(ReadOnlySpan<char> path) =>
        path.Length > 0 && !path.ContainsAnyExcept(s_plainPathChars) && path.IndexOf("/.") < 0;

    private static int PathStartOfAbsoluteForm(string target)
    {
        int scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return -1;
        int path = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
        return path < 0 ? target.Length : scheme + 3 + path;
    }
}
