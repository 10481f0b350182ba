using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>The answer of a saga that succeeded.</summary>
public sealed record SagaResponse
{
    /// <summary>The status; null for that of the step which the default answer takes.</summary>
    [Setting("The status.", Range = "200..299", Default = "201 where a step answered 201, else 200")]
    public int? Status { get; init; }

    /// <summary>The header fields.</summary>
    [Setting("Header fields.", KeyFormat = SettingFormat.HeaderName)]
    public IReadOnlyDictionary<string, ValueExpression> Headers { get; init; } = ReadOnlyDictionary<string, ValueExpression>.Empty;

    /// <summary>The JSON body.</summary>
    [Setting("The JSON body.")]
    [Shorthand]
    public required ValueExpression Body { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
