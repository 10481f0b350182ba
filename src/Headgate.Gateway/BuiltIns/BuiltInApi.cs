using System.Reflection;
using System.Text;
using Headgate.Gateway.Errors;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.BuiltIns;

/// <summary>
/// An API that Headgate itself offers on the data plane: an OpenAPI document that lies in the assembly of its feature, and what answers its operations. It is routed
/// as the documents of users are and goes through the same policies. A feature derives one; the program lists it. Immutable, thread-safe.
/// </summary>
public abstract class BuiltInApi
{
    private readonly IReadOnlyDictionary<string, BuiltInOperation> _operations;
    private readonly Lazy<ApiDocument> _document;

    /// <summary>Makes the API. Its document is read when it is first asked for: most instances mount few of them, and most commands none.</summary>
    /// <param name="resource">
    /// Its name as an embedded resource of the assembly that derives this class. Up to the first dot it is the API's name in listings, logs and metrics: it begins
    /// with <c>headgate-</c>, so that it is known for what it is.
    /// </param>
    /// <param name="extensions">The extensions that it may use.</param>
    /// <param name="operations">Who answers, by <c>operationId</c>: each operation of the document once.</param>
    /// <param name="basePath">The path before those of the document, which has no <c>servers</c> then; empty for none.</param>
    protected BuiltInApi(string resource, ExtensionRegistry extensions, IReadOnlyDictionary<string, BuiltInOperation> operations, string basePath = "")
    {
        ArgumentNullException.ThrowIfNull(operations);
        _operations = operations;
        _document = new Lazy<ApiDocument>(() => Load(resource, extensions, basePath));
    }

    /// <summary>The document.</summary>
    /// <exception cref="InvalidOperationException">It has errors, or its operations are not those that are answered: a bug of the feature.</exception>
    public ApiDocument Document => _document.Value;

    /// <summary>How its errors are written; null for what its document says.</summary>
    public virtual ErrorDialect? Dialect => null;

    /// <summary>How it is to be mounted beside the documents that are served: once, where there is a reason. Nowhere when nobody asks: then its paths are as free as any.</summary>
    /// <param name="documents">The documents of users that could be read without errors.</param>
    public virtual IReadOnlyList<BuiltInMount> MountsBeside(IReadOnlyList<ApiDocument> documents) => ReasonToMount(documents) is { } reason ? [new BuiltInMount(this, Document, reason)] : [];

    /// <summary>Why it is to be mounted, once: a clause for people (<c>the scheme 'service' of orders asks for it</c>). Null when nobody asks.</summary>
    /// <param name="documents">The documents of users that could be read without errors.</param>
    protected abstract string? ReasonToMount(IReadOnlyList<ApiDocument> documents);

    internal BuiltInOperation OperationOf(string id) => _operations[id];

    private ApiDocument Load(string resource, ExtensionRegistry extensions, string basePath)
    {
        LoadResult load = new DocumentLoader(extensions).Load(DocumentSource.FromBytes(resource, [.. Read(GetType().Assembly, resource), .. Servers(basePath)]));
        ApiDocument document = load.Document ?? throw new InvalidOperationException($"{resource} has errors: {string.Join(' ', load.Diagnostics.Items)}");
        IEnumerable<string> declared = document.Operations.Select(operation => operation.Id);
        return declared.ToHashSet().SetEquals(_operations.Keys)
            ? document
            : throw new InvalidOperationException($"{resource} declares {string.Join(", ", declared)}; answered are {string.Join(", ", _operations.Keys)}.");
    }

    private static byte[] Servers(string basePath) => basePath.Length == 0 ? [] : Encoding.UTF8.GetBytes($"\nservers: [{{ url: '{basePath}' }}]\n");

    private static byte[] Read(Assembly assembly, string resource)
    {
        using Stream stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no resource {resource}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
