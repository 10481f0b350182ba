using System.Collections.Frozen;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;

namespace Headgate.Gateway.Policies.View;

/// <summary>Which view a request gets, compiled: the path's, else the header field's, else the claim's, else the usual one. Immutable, thread-safe.</summary>
/// <param name="views">The views by name.</param>
/// <param name="header">The header field.</param>
/// <param name="parameter">The position of the path parameter; null for none.</param>
/// <param name="claim">The claim; null for none.</param>
/// <param name="usual">The view of a request that names none; null for the whole answer.</param>
internal sealed class ViewChoice(FrozenDictionary<string, ViewPlan> views, string header, int? parameter, string? claim, ViewPlan? usual)
{
    /// <summary>The header field that names the view.</summary>
    public string Header => header;

    /// <summary>Whether the caller's credential may decide.</summary>
    public bool AsksCaller => claim is not null;

    /// <summary>The names of all views, for a message.</summary>
    public string Names { get; } = string.Join(", ", views.Keys.Order(StringComparer.Ordinal));

    /// <summary>Chooses.</summary>
    /// <returns>False when the request names a view that there is not.</returns>
    public bool TryChoose(GatewayContext context, out ViewPlan? view)
    {
        view = usual;
        if (parameter is { } position)
            return TryFind(RequestTexts.OfPath(context, position), out view);
        if (context.Request.Headers[header] is [{ Length: > 0 } named])
            return TryFind(named, out view);
        if (context.Request.Headers[header].Count > 1)
            return false;

        // A claim is the issuer's and for many APIs: one that says nothing here is as none.
        if (claim is not null && context.Caller?.Claim(claim) is { } claimed && views.TryGetValue(claimed, out ViewPlan? own))
            view = own;
        return true;
    }

    private bool TryFind(string? name, out ViewPlan? view)
    {
        view = null;
        return name is not null && views.TryGetValue(name, out view);
    }
}
