using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Publishing;

/// <summary>One of the APIs by which documents are published: the documents themselves, the catalog, the page. Mounted where a document asks for it.</summary>
/// <param name="resource">The name of its own document.</param>
/// <param name="basePath">The path before its paths.</param>
/// <param name="extensions">The extensions that it may use.</param>
/// <param name="operations">Who answers.</param>
/// <param name="isOffered">Whether this instance has it.</param>
/// <param name="asks">Whether the settings of a document that is published ask for it.</param>
internal sealed class PublishingApi(
    string resource, string basePath, ExtensionRegistry extensions, IReadOnlyDictionary<string, BuiltInOperation> operations, bool isOffered, Predicate<PublishSettings> asks)
    : BuiltInApi(resource, extensions, operations, basePath)
{
    protected override string? ReasonToMount(IReadOnlyList<ApiDocument> documents) =>
        isOffered && documents.FirstOrDefault(document => GatewayConfigExtension.Of(document).Publish is { Enabled: true } settings && asks(settings)) is { } asking
            ? $"x-gateway-config.publish of {asking.Name} asks for it"
            : null;
}
