using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>
/// A value that a request fills in: a literal, an expression such as <c>$request.body#/items</c>, or an object or array of
/// them. Parsed once at load. Immutable, thread-safe.
/// </summary>
/// <param name="Node">Where it is written.</param>
public abstract record ValueExpression(DocumentNode Node)
{
    /// <summary>
    /// Reads a value. A string that begins with <c>$</c> is an expression (<c>$$</c> stands for a literal <c>$</c>), one that
    /// holds <c>{$…}</c> is text with expressions in it, and everything else is itself.
    /// </summary>
    /// <returns>Null when something in it is malformed; what, goes to <paramref name="diagnostics"/>.</returns>
    public static ValueExpression? Parse(DocumentNode node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(diagnostics);
        return ExpressionParser.Parse(node, diagnostics);
    }
}
