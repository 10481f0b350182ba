using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>Changes to header fields, in the order remove, set, add.</summary>
public sealed record HeaderTransform
{
    /// <summary>Fields to add beside those that are there.</summary>
    [Setting("Fields to add beside those that are there. `${secret:NAME}` in a value stands for that secret.", KeyFormat = SettingFormat.HeaderName, Format = SettingFormat.HeaderValue)]
    public IReadOnlyDictionary<string, string> Add { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Fields to set in place of those that are there.</summary>
    [Setting("Fields to set in place of those that are there. `${secret:NAME}` in a value stands for that secret.", KeyFormat = SettingFormat.HeaderName, Format = SettingFormat.HeaderValue)]
    public IReadOnlyDictionary<string, string> Set { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Fields to remove.</summary>
    [Setting("Fields to remove.", Format = SettingFormat.HeaderName, AllowSingle = true)]
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
