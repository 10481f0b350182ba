using System.Collections.ObjectModel;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>What <c>x-gateway-static</c> says: the operation is answered from the document, and no service is called.</summary>
public sealed record StaticExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-static",
        typeof(StaticExtension),
        ExtensionLocations.Operation,
        "The operation is answered from the document: with a body that stands here, or with one of the examples that the document declares for its answers. No service is called.")
    {
        IsHandler = true,
    };

    /// <summary>Whether the document answers.</summary>
    [Setting("Whether the document answers. `false` leaves the operation to its service.")]
    [Shorthand]
    public bool Enabled { get; init; } = true;

    /// <summary>The status; null for the first successful one that is declared.</summary>
    [Setting("The status of the answer. The operation declares it.", Range = "200..599", Default = "the lowest successful one that is declared")]
    public int? Status { get; init; }

    /// <summary>The header fields.</summary>
    [Setting("Header fields of the answer.", KeyFormat = SettingFormat.HeaderName, Format = SettingFormat.HeaderValue)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The body; null for the document's examples.</summary>
    [Setting("The body of the answer, in which values of the request may stand. Of a media type that is not JSON: its text.", Default = "the examples of the document")]
    public ValueExpression? Body { get; init; }

    /// <summary>The media type; null for those that the document declares.</summary>
    [Setting("The media type of the answer. The operation declares it.", Default = "those that are declared, as the client accepts them", Format = SettingFormat.HeaderValue)]
    public string? ContentType { get; init; }

    /// <summary>The name of the example; null for the first.</summary>
    [Setting("The name of the example that is the answer.", Default = "the first of each media type")]
    public string? Example { get; init; }

    /// <summary>Whether clients may choose with <c>Prefer</c>.</summary>
    [Setting("Whether clients may choose another declared answer with `Prefer: code=404` and `Prefer: example=NAME`, and leave out the body with `Prefer: return=minimal`.")]
    public bool Prefer { get; init; } = true;

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
