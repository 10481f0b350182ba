using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Building;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Overlays;

namespace Headgate.OpenApi.Reading;

/// <summary>The load of one document, in two steps: reading, with the overlays that are meant for it, and building.</summary>
internal sealed class DocumentLoad
{
    private readonly LoadContext _context;
    private readonly DocumentFiles _files;
    private readonly SourceFile _entry;
    private readonly DocumentNode? _root;
    private readonly List<ScalarNode> _leftOut = [];

    /// <summary>Reads the files and applies the overlays in their order.</summary>
    public DocumentLoad(DocumentSource entry, IReadOnlyList<DocumentSource> overlays, LoadOptions options)
    {
        _context = new LoadContext(options);
        _files = new DocumentFiles(_context);
        _entry = entry.File;
        _root = _files.Read(entry);
        foreach (DocumentSource overlay in overlays)
            Apply(overlay);
    }

    /// <summary>The file as the user named it.</summary>
    public string Path => _entry.Path;

    /// <summary>The <c>extends</c> of the overlays that are meant for another document.</summary>
    public IReadOnlyList<ScalarNode> LeftOut => _leftOut;

    /// <summary>
    /// Reports an overlay that is meant for a document which is not loaded. An error, and one of every document: what the overlay was to
    /// change (perhaps who may call) is not changed, and for which of them that was wanted nobody knows.
    /// </summary>
    public void ReportLeftOut(ScalarNode extends, IReadOnlyList<string> documents) => _context.Diagnostics.Add(
        OpenApiDiagnostics.ExtendsOther,
        extends,
        $"The overlay extends '{extends.Text}', which is none of the documents: {string.Join(", ", documents)}.",
        "Name the document by its path, relative to the overlay; or remove 'extends', and it is applied to every document.");

    /// <summary>Checks and builds the document.</summary>
    public LoadResult Finish(ExtensionRegistry registry)
    {
        ApiDocument? document = _root is not null && VersionReader.Read(_root, _context.Diagnostics) is { } version
            ? Compile((ObjectNode)_root, version, registry)
            : null;
        _context.Diagnostics.Close(_entry.Path);
        return new LoadResult(_context.Diagnostics.HasErrors ? null : document, _context.Diagnostics, _files.Files) { Readable = document };
    }

    private void Apply(DocumentSource source)
    {
        if (_files.Read(source) is not { } overlay)
            return;
        if (OverlayTarget.Of(overlay) is { } extends && !OverlayTarget.Names(extends, _root, _entry))
            _leftOut.Add(extends);
        else
            new OverlayApplier(_context).Apply(overlay, _root);
    }

    private ApiDocument Compile(ObjectNode root, OpenApiVersion version, ExtensionRegistry registry)
    {
        var referenced = new ReferencedFiles(_context, _files, _entry);
        var resolver = new ReferenceResolver(referenced);
        var references = new ReferenceCheck(resolver, _context);
        var checker = new StructureChecker(version, _context.Diagnostics, references);
        checker.Check(root, OpenApiGrammar.For(version).Root);
        referenced.Close();

        OperationIds.Check(checker.Operations, _context.Diagnostics);
        references.ReportRemote(root);
        var scope = new BuildScope(version, resolver, new ExtensionBinder(registry), _context);
        ApiDocument document = new DocumentBuilder(scope, _entry, _files.Files).Build(root);
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
