using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Building;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Overlays;

namespace Headgate.OpenApi.Reading;

/// <summary>
/// Loads OpenAPI documents: reads the files, applies overlays, checks structure and references, and builds the model. Every
/// problem of the input becomes a diagnostic; no input makes it throw. Each load stands alone, so several documents are several
/// loads. Thread-safe.
/// </summary>
/// <param name="registry">The extensions that this build knows.</param>
/// <param name="options">How documents are loaded; <see cref="LoadOptions.Default"/> when null.</param>
public sealed class DocumentLoader(ExtensionRegistry registry, LoadOptions? options = null)
{
    /// <summary>Loads one document.</summary>
    /// <param name="entry">The document.</param>
    /// <param name="overlays">Overlay documents, applied in this order.</param>
    public LoadResult Load(DocumentSource entry, IReadOnlyList<DocumentSource>? overlays = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var context = new LoadContext(options ?? LoadOptions.Default);
        var files = new DocumentFiles(context);
        DocumentNode? root = files.Read(entry);
        foreach (DocumentSource overlay in overlays ?? [])
        {
            if (files.Read(overlay) is { } actions)
                new OverlayApplier(context).Apply(actions, root, entry.File);
        }

        ApiDocument? document = root is not null && VersionReader.Read(root, context.Diagnostics) is { } version
            ? Compile((ObjectNode)root, version, entry.File, files, context)
            : null;
        context.Diagnostics.Close(entry.File.Path);
        return new LoadResult(context.Diagnostics.HasErrors ? null : document, context.Diagnostics, files.Files) { Readable = document };
    }

    private ApiDocument Compile(ObjectNode root, OpenApiVersion version, SourceFile entry, DocumentFiles files, LoadContext context)
    {
        var referenced = new ReferencedFiles(context, files, entry);
        var resolver = new ReferenceResolver(referenced);
        var references = new ReferenceCheck(resolver, context);
        var checker = new StructureChecker(version, context.Diagnostics, references);
        checker.Check(root, OpenApiGrammar.For(version).Root);
        referenced.Close();

        OperationIds.Check(checker.Operations, context.Diagnostics);
        references.ReportRemote(root);
        var scope = new BuildScope(version, resolver, new ExtensionBinder(registry), context);
        ApiDocument document = new DocumentBuilder(scope, entry, files.Files).Build(root);
        ReportUnbound(checker.GatewayOwners, scope);
        return document;
    }

    private static void ReportUnbound(IEnumerable<ObjectNode> owners, BuildScope scope)
    {
        foreach (ObjectNode owner in owners.Where(owner => !scope.IsBound(owner)))
        {
            foreach (ObjectMember member in owner.Members.Where(member => member.Key.StartsWith("x-gateway-", StringComparison.Ordinal)))
                MisplacedExtension.Report(scope.Diagnostics, member, ((ObjectRule)owner.CheckedAs!).Name);
        }
    }
}
