using System.Text;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Calls;

/// <summary>
/// The path and query of a call of the gateway's own, compiled. Values are percent-encoded, so that one never becomes two segments or another query parameter. One that is missing is
/// never sent as an empty one: <c>?userId=</c> could mean everybody. Immutable, thread-safe.
/// </summary>
/// <param name="text">The template as written.</param>
/// <param name="path">The pieces of the path.</param>
/// <param name="query">The pieces of the query with its question mark; empty for none.</param>
internal sealed class CallTarget(string text, CallTargetPiece[] path, CallTargetPiece[] query)
{
    /// <summary>Fills in the values of a request.</summary>
    /// <returns>The first value that there is not; null when the target is whole.</returns>
    public CallTargetPiece? TryResolve(GatewayContext context, out string filledPath, out string filledQuery)
    {
        (filledPath, filledQuery) = ("", "");
        CallTargetPiece? missing = TryFill(path, context, inPath: true, out filledPath);
        return missing ?? TryFill(query, context, inPath: false, out filledQuery);
    }

    /// <summary>The template as written.</summary>
    public override string ToString() => text;

    private static CallTargetPiece? TryFill(CallTargetPiece[] pieces, GatewayContext context, bool inPath, out string filled)
    {
        filled = "";
        if (pieces.Length == 0)
            return null;
        if (pieces is [{ Value: null } only])
        {
            filled = only.Text;
            return null;
        }

        var target = new StringBuilder(128);
        foreach (CallTargetPiece piece in pieces)
        {
            if (piece.Value is null)
                target.Append(piece.Text);
            else if (piece.Value.Read(context) is { Length: > 0 } value)
                target.Append(Uri.EscapeDataString(value));
            else
                return piece;
        }

        filled = target.ToString();
        return inPath && HasDotSegment(filled) ? Array.Find(pieces, piece => piece.Value is not null) : null;
    }

    // RFC 3986 §5.2.4: they would lead to another resource, and no encoding of them is safe. A template has none: values make them, one alone or several side by side.
    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        foreach (Range segment in path.Split('/'))
        {
            if (path[segment] is "." or "..")
                return true;
        }

        return false;
    }
}
