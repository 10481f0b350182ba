using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>The values with which a part of an aggregate is asked for, or that stand in for it. Stateless.</summary>
internal static class PartExpressions
{
    /// <summary>All of them, each that is put together in its pieces. Placeholders of the path are names, and none of these.</summary>
    public static IEnumerable<ValueExpression> Of(AggregatePart part) =>
        part.Path.Parts.Select(piece => piece.Expression).Append(part.Input).Append(part.Fallback).OfType<ValueExpression>().SelectMany(Pieces);

    private static IEnumerable<ValueExpression> Pieces(ValueExpression value) => value switch
    {
        InterpolatedExpression text => text.Parts.SelectMany(Pieces),
        ObjectExpression map => map.Members.SelectMany(member => Pieces(member.Value)),
        ArrayExpression list => list.Items.SelectMany(Pieces),
        _ => [value],
    };
}
