using Headgate.Gateway.BuiltIns;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Publishing;

/// <summary>What Headgate offers to those who look for the APIs behind it: their documents, a catalog of them (RFC 9727), and a page to read them.</summary>
public static class PublishingApis
{
    /// <summary>Makes them. Each is mounted where a document asks for it.</summary>
    /// <param name="extensions">The extensions that their own documents may use.</param>
    /// <param name="options">What this instance says about it.</param>
    public static IReadOnlyList<BuiltInApi> Create(ExtensionRegistry extensions, PublishOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var catalog = new CatalogEndpoint(options, PageFiles.AreThere);
        var page = new PageEndpoint();
        return
        [
            new PublishingApi(
                "headgate-documents.openapi.yaml",
                options.Path,
                extensions,
                new Dictionary<string, BuiltInOperation> { ["getDocument"] = DocumentEndpoint.AnswerFirstAsync, ["getNamedDocument"] = DocumentEndpoint.AnswerNamedAsync },
                options.Enabled,
                _ => true),
            new PublishingApi(
                "headgate-catalog.openapi.yaml",
                "",
                extensions,
                new Dictionary<string, BuiltInOperation> { ["getCatalog"] = catalog.AnswerAsync },
                options.Enabled,
                settings => settings.Catalog),
            new PublishingApi(
                "headgate-page.openapi.yaml",
                options.Path,
                extensions,
                new Dictionary<string, BuiltInOperation> { ["getPage"] = PageEndpoint.AnswerAsync, ["getPageFile"] = page.AnswerFileAsync },
                options.Enabled && PageFiles.AreThere,
                settings => settings.Page),
        ];
    }
}
