using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.View;

/// <summary>What <c>x-gateway-view</c> says: named projections of the operation's JSON answer (backend for frontend).</summary>
public sealed record ViewExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-view",
        typeof(ViewExtension),
        ExtensionLocations.Operation,
        "Named projections of the operation's JSON answer, so that each kind of client gets what it shows.");

    /// <summary>The views by name.</summary>
    [Setting("The fields of each view by its name. A field is a name, or names joined by dots; arrays are entered.", KeyFormat = SettingFormat.Name, Count = "1..50")]
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Views { get; init; }

    /// <summary>The request header that names the view.</summary>
    [Setting("The request header that names the view.", Format = SettingFormat.HeaderName)]
    public string Header { get; init; } = "X-View";

    /// <summary>The path parameter that names the view.</summary>
    [Setting("The path parameter that names the view; it stands over the header.", Default = "none")]
    public string? PathParameter { get; init; }

    /// <summary>The claim that names the view.</summary>
    [Setting("The claim that names the view; used where neither path nor header does.", Default = "none")]
    public string? Claim { get; init; }

    /// <summary>The view of a request that names none; null for the whole answer.</summary>
    [Setting("The view of a request that names none.", Format = SettingFormat.Name, Default = "the whole answer")]
    public string? Default { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
