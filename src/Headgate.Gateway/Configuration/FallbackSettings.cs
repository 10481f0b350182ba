using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Configuration;

/// <summary>What is answered when the upstream cannot be reached, its breaker is open, or its tries are used up.</summary>
public sealed record FallbackSettings
{
    /// <summary>The status.</summary>
    [Setting("The status of the answer.", Range = "200..599")]
    public int Status { get; init; } = 200;

    /// <summary>The header fields.</summary>
    [Setting("Header fields of the answer.", KeyFormat = SettingFormat.HeaderName, Format = SettingFormat.HeaderValue)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The JSON body.</summary>
    [Setting("The JSON body of the answer.", Default = "no body")]
    public ValueExpression? Body { get; init; }

    /// <summary>Whether the last good answer is preferred.</summary>
    [Setting("Whether the last good answer, where one is stored, is preferred, however stale; it is marked in `Cache-Status`. The operation needs `x-gateway-cache`.")]
    public bool Cached { get; init; }
}
