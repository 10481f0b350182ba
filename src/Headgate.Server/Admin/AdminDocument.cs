using System.Collections.Frozen;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;

namespace Headgate.Server.Admin;

/// <summary>
/// The OpenAPI document of the admin API, <c>admin.openapi.yaml</c> beside this file: what it says of request bodies is what is checked of them. Immutable and
/// thread-safe; read when it is first needed.
/// </summary>
internal sealed class AdminDocument
{
    private const string FileName = "admin.openapi.yaml";

    private static readonly Lazy<AdminDocument> s_current = new(() => new AdminDocument());

    private readonly FrozenDictionary<(string Method, string Path), SchemaValidator> _bodies;

    private AdminDocument()
    {
        LoadResult loaded = new DocumentLoader(BuiltIn.Extensions).Load(DocumentSource.FromBytes(FileName, ReadFile()));
        Api = loaded.Document ?? throw Broken(loaded.Diagnostics);
        Json = NodeJson.Write(Api.Root);
        _bodies = CompileBodies();
    }

    /// <summary>The document of this build.</summary>
    public static AdminDocument Current => s_current.Value;

    /// <summary>The loaded document.</summary>
    public ApiDocument Api { get; }

    /// <summary>The document as JSON, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>What checks the body of the operation to which a request was routed.</summary>
    public SchemaValidator BodyOf(HttpContext context)
    {
        string path = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        return _bodies.TryGetValue((context.Request.Method, path), out SchemaValidator? validator)
            ? validator
            : throw new InvalidOperationException($"{FileName} has no request body for {context.Request.Method} {path}.");
    }

    private FrozenDictionary<(string Method, string Path), SchemaValidator> CompileBodies()
    {
        var diagnostics = new DiagnosticBag();
        var options = new SchemaOptions { Direction = MessageDirection.Request, AssertFormats = true };
        var compiler = new SchemaCompiler(new DocumentReferences(Api.References), options, diagnostics);
        var bodies = new Dictionary<(string Method, string Path), SchemaValidator>();
        foreach (ApiOperation operation in Api.Operations)
        {
            if (operation.RequestBody?.Content["application/json"] is { } schema)
                bodies.Add((operation.Method, operation.BasePaths[0] + operation.Path.Text), compiler.Compile(schema));
        }

        return diagnostics.Items.Count == 0 ? bodies.ToFrozenDictionary() : throw Broken(diagnostics);
    }

    private static InvalidOperationException Broken(DiagnosticBag diagnostics) => new($"{FileName} is broken: {string.Join(' ', diagnostics.Items)}");

    private static byte[] ReadFile()
    {
        using Stream file = typeof(AdminDocument).Assembly.GetManifestResourceStream(FileName)!;
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
