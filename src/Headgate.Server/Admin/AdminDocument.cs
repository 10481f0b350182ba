using System.Collections.Frozen;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;

namespace Headgate.Server.Admin;

/// <summary>
/// The OpenAPI document of the admin API, <c>admin.openapi.yaml</c> beside this file: what it says of requests is what is checked of them. Immutable and
/// thread-safe; read when it is first needed.
/// </summary>
internal sealed class AdminDocument
{
    private const string FileName = "admin.openapi.yaml";

    private static readonly Lazy<AdminDocument> s_current = new(() => new AdminDocument());

    private readonly FrozenDictionary<(string Method, string Path), AdminOperation> _operations;

    private AdminDocument()
    {
        LoadResult loaded = new DocumentLoader(BuiltIn.Extensions).Load(DocumentSource.FromBytes(FileName, ReadFile()));
        Api = loaded.Document ?? throw Broken(loaded.Diagnostics);
        Json = NodeJson.Write(Api.Root);
        _operations = Compile(Api);
    }

    /// <summary>The document of this build.</summary>
    public static AdminDocument Current => s_current.Value;

    /// <summary>The loaded document.</summary>
    public ApiDocument Api { get; }

    /// <summary>The document as JSON, UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>The operation to which a request was routed; null when that is none of the admin API.</summary>
    public AdminOperation? OperationOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } path } ? _operations.GetValueOrDefault((HttpMethods.GetCanonicalizedValue(context.Request.Method), path)) : null;

    private static FrozenDictionary<(string Method, string Path), AdminOperation> Compile(ApiDocument api)
    {
        var diagnostics = new DiagnosticBag();
        var options = new SchemaOptions { Direction = MessageDirection.Request, AssertFormats = true };
        var compiler = new SchemaCompiler(new DocumentReferences(api.References), options, diagnostics);
        var operations = api.Operations.ToDictionary(
            operation => (operation.Method, operation.BasePaths[0] + operation.Path.Text),
            operation => new AdminOperation(
                [.. operation.Parameters.Select(parameter => new AdminParameter(parameter.Name, parameter.In == ParameterLocation.Path, compiler.Compile(parameter.Schema!)))],
                operation.RequestBody?.Content["application/json"] is { } schema ? compiler.Compile(schema) : null));
        return diagnostics.Items.Count == 0 ? operations.ToFrozenDictionary() : throw Broken(diagnostics);
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
