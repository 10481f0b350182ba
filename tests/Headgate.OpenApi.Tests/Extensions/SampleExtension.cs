using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Extensions;

/// <summary>An extension with a setting of every kind.</summary>
public sealed record SampleExtension
{
    public static ExtensionDefinition Definition { get; } =
        new("x-gateway-sample", typeof(SampleExtension), ExtensionLocations.Operation | ExtensionLocations.Path, "For tests.");

    [Setting("A name.", Format = SettingFormat.Name)]
    public required string Name { get; init; }

    [Setting("A flag.")]
    public bool Flag { get; init; }

    [Setting("A count.", Range = "1..10", Aliases = ["how_many"])]
    public int Count { get; init; } = 3;

    [Setting("A long count.")]
    public long? Total { get; init; }

    [Setting("A part.", Range = "0..1")]
    public double Part { get; init; } = 0.5;

    [Setting("A length.", Range = "1ms..1h")]
    public Duration Wait { get; init; } = Duration.FromSeconds(30);

    [Setting("A size.", Range = "..1MiB")]
    public ByteSize Size { get; init; } = ByteSize.FromKibibytes(16);

    [Setting("A choice.")]
    public SampleChoice Choice { get; init; }

    [Setting("Some numbers.", Count = "1..3", AllowSingle = true, Range = "1..9")]
    public IReadOnlyList<int> Numbers { get; init; } = [];

    [Setting("Lengths by name.", KeyFormat = SettingFormat.Name)]
    public IReadOnlyDictionary<string, Duration> Lengths { get; init; } = ReadOnlyDictionary<string, Duration>.Empty;

    [Setting("A value.")]
    public ValueExpression? Value { get; init; }

    [Setting("A target.")]
    public TargetTemplate? Target { get; init; }

    [Setting("A pointer.")]
    public JsonPointer? Pointer { get; init; }

    [Setting("A secret.")]
    public SecretReference? Secret { get; init; }

    [Setting("A day.")]
    public DateTimeOffset? Day { get; init; }

    [Setting("Anything.")]
    public DocumentNode? Anything { get; init; }

    [Setting("Inner samples.")]
    public IReadOnlyList<SamplePart> Parts { get; init; } = [];

    [Setting("An inner sample.")]
    public SamplePart? Inner { get; init; }

    [Setting("Later.")]
    [NotEnforcedYet]
    public int? Later { get; init; }

    [SourceNode]
    public DocumentNode? Node { get; init; }
}
