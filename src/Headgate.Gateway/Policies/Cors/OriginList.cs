using System.Buffers;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>Allowed origins: exact, with a wildcard for one or more leading labels (<c>https://*.example</c>), or any (<c>*</c>). Immutable.</summary>
internal sealed class OriginList
{
    // RFC 1123 §2.1: what a label of a host name is made of, and the dots between labels.
    private static readonly SearchValues<char> s_hostName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private readonly HashSet<string> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Scheme, string Suffix)> _wildcards = [];

    public OriginList(IEnumerable<string> origins)
    {
        foreach (string origin in origins)
        {
            int star = origin.IndexOf("://*.", StringComparison.Ordinal);
            if (origin == "*")
                AllowsAny = true;
            else if (star > 0)
                _wildcards.Add((origin[..(star + 3)], origin[(star + 4)..]));
            else
                _exact.Add(origin);
        }
    }

    /// <summary>Whether every origin is allowed.</summary>
    public bool AllowsAny { get; }

    public bool Allows(string origin)
    {
        if (AllowsAny || _exact.Contains(origin))
            return true;
        foreach ((string scheme, string suffix) in _wildcards)
        {
            if (origin.Length > scheme.Length + suffix.Length
                && origin.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
                && origin.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && !origin.AsSpan(scheme.Length, origin.Length - scheme.Length - suffix.Length).ContainsAnyExcept(s_hostName))
            {
                return true;
            }
        }

        return false;
    }
}
