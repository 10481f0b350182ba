using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Aggregation;

/// <summary>How long the parts of an aggregate may take. Stateless.</summary>
internal static class PartTimes
{
    /// <summary>The longest that all of them may take together: that of those that wait for each other, one after the other.</summary>
    public static TimeSpan LongestOf(IReadOnlyList<AggregatePart> parts, OperationScope scope)
    {
        var ends = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (int position in PartOrder.Of(parts) ?? []) // None: reported by the extension's own check.
        {
            AggregatePart part = parts[position];
            TimeSpan beginning = part.DependsOn.Select(other => ends[other]).DefaultIfEmpty().Max();
            ends.Add(part.Field, beginning + ForwardHandlerCompiler.LongestOf(part.Service, part.Timeout, scope));
        }

        return ends.Values.DefaultIfEmpty().Max();
    }
}
