using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>A schema and the values that a test puts to it.</summary>
internal sealed class TestSchema
{
    private readonly SchemaValidator _validator;

    public TestSchema(string schema, SchemaOptions? options = null)
    {
        var library = new SchemaLibrary();
        DocumentNode root = library.Add("http://test.invalid/schema.json", Encoding.UTF8.GetBytes(schema), Diagnostics)!;
        _validator = new SchemaCompiler(library, options ?? new SchemaOptions(), Diagnostics).Compile(root);
    }

    public DiagnosticBag Diagnostics { get; } = new();

    public ValidationSession Session { get; } = new();

    public bool Allows(string json) => Allows(Encoding.UTF8.GetBytes(json));

    public bool Allows(byte[] json) => _validator.Validate(json, Session);

    /// <summary>What is wrong with a value: <c>pointer keyword: detail</c> of each violation.</summary>
    public string[] Violations(string json)
    {
        Assert.False(Allows(json), "The value is valid.");
        return [.. Session.Violations.Select(violation => $"{violation.Pointer} {violation.Keyword}: {violation.Detail}")];
    }
}
