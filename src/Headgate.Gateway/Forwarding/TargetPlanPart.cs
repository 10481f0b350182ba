namespace Headgate.Gateway.Forwarding;

/// <summary>A part of a <see cref="TargetPlan"/>: literal text, or a path parameter of the client's request. Immutable.</summary>
/// <param name="Text">The literal; null for a parameter.</param>
/// <param name="Parameter">The parameter's position in template order.</param>
/// <param name="InQuery">Whether the parameter's value lands in the query, where more characters need encoding.</param>
internal sealed record TargetPlanPart(string? Text, int Parameter, bool InQuery)
{
    public static TargetPlanPart OfText(string text) => new(text, -1, InQuery: false);

    public static TargetPlanPart OfParameter(int position, bool inQuery) => new(null, position, inQuery);
}
