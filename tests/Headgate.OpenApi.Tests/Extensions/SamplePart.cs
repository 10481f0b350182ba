using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Extensions;

/// <summary>A record with shorthands, free keys, and itself inside.</summary>
public sealed record SamplePart
{
    [Setting("A length.")]
    [Shorthand]
    public Duration? Length { get; init; }

    [Setting("A label.")]
    [Shorthand(1)]
    public string? Label { get; init; }

    [Setting("Inner ones.")]
    public IReadOnlyList<SamplePart> Inner { get; init; } = [];

    [Setting("All others.", KeyFormat = SettingFormat.Name)]
    [OtherSettings]
    public IReadOnlyDictionary<string, int> Others { get; init; } = ReadOnlyDictionary<string, int>.Empty;
}
