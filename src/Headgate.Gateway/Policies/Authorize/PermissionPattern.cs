namespace Headgate.Gateway.Policies.Authorize;

/// <summary>
/// What a role permits: segments joined by colons, where <c>*</c> stands for one segment, and at the end for one and all that follow. <c>*:*</c> covers
/// <c>application:read</c> and <c>resource:database:read</c>. Immutable; matching allocates nothing.
/// </summary>
public sealed class PermissionPattern
{
    private readonly string _text;
    private readonly bool _isLiteral;

    /// <summary>Takes a pattern as it is written.</summary>
    public PermissionPattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _isLiteral = !text.Contains('*', StringComparison.Ordinal);
    }

    /// <summary>Whether the pattern covers a permission, which has no wildcards.</summary>
    public bool Covers(string permission)
    {
        if (_isLiteral)
            return string.Equals(_text, permission, StringComparison.Ordinal);
        ReadOnlySpan<char> pattern = _text;
        ReadOnlySpan<char> asked = permission;
        while (true)
        {
            ReadOnlySpan<char> wanted = Segment(ref pattern, out bool isLastWanted);
            ReadOnlySpan<char> segment = Segment(ref asked, out bool isLast);
            bool isWild = wanted is "*";
            if (segment.IsEmpty || (!isWild && !wanted.SequenceEqual(segment)))
                return false;
            if (isLastWanted)
                return isLast || isWild;
            if (isLast)
                return false;
        }
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => _text;

    private static ReadOnlySpan<char> Segment(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        int colon = rest.IndexOf(':');
        isLast = colon < 0;
        ReadOnlySpan<char> segment = isLast ? rest : rest[..colon];
        rest = isLast ? default : rest[(colon + 1)..];
        return segment;
    }
}
