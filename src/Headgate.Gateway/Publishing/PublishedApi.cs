using Headgate.Gateway.Configuration;
using Headgate.Gateway.Plans;
using Headgate.Gateway.Representations;
using Headgate.OpenApi.Publishing;

namespace Headgate.Gateway.Publishing;

/// <summary>A document that is published. Thread-safe.</summary>
internal sealed class PublishedApi
{
    private readonly Lazy<CodedRepresentation> _document;

    private PublishedApi(ApiPlan api, PublishSettings settings)
    {
        (Api, Settings) = (api, settings);
        _document = new Lazy<CodedRepresentation>(() => new CodedRepresentation("application/json", PublishedDocument.Write(api.Document)));
    }

    /// <summary>The API that it describes.</summary>
    public ApiPlan Api { get; }

    /// <summary>What it says about being published.</summary>
    public PublishSettings Settings { get; }

    /// <summary>Its name in paths.</summary>
    public string Name => Api.Name;

    /// <summary>Its path, relative to those that publish documents.</summary>
    public string Path => $"openapi/{Uri.EscapeDataString(Name)}.json";

    /// <summary>Whether it is written already: writing a large document takes longer than an event thread has.</summary>
    public bool IsWritten => _document.IsValueCreated;

    /// <summary>The document as clients see it, written on first use.</summary>
    public CodedRepresentation Document => _document.Value;

    /// <summary>The published document of an API; null where it is not published.</summary>
    public static PublishedApi? Of(ApiPlan api) =>
        api.BuiltIn is null && GatewayConfigExtension.Of(api.Document).Publish is { Enabled: true } settings ? new PublishedApi(api, settings) : null;
}
