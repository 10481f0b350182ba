using Headgate.Gateway.Values;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>What <c>x-gateway-aggregate</c> says: one answer from the answers of several services.</summary>
public sealed record AggregateExtension : IValueReader
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-aggregate",
        typeof(AggregateExtension),
        ExtensionLocations.Operation,
        "One JSON object from the answers of several services, asked in parallel.")
    {
        IsHandler = true,
    };

    /// <summary>The parts.</summary>
    [Setting("The parts.", Count = "1..50")]
    [Shorthand]
    public required IReadOnlyList<AggregatePart> Parts { get; init; }

    /// <summary>The largest answer.</summary>
    [Setting("The largest answer, all parts together.", Range = "1KiB..1GiB")]
    public ByteSize MaxSize { get; init; } = ByteSize.FromMebibytes(8);

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }

    IEnumerable<TargetTemplate> IValueReader.Targets => Parts.Select(part => part.Path);

    IEnumerable<ValueExpression?> IValueReader.Values => Parts.SelectMany(part => new[] { part.Input, part.Fallback });
}
