using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>The schemas of OpenAPI documents: 3.0's dialect, files, discriminators, directions, findings with their places.</summary>
public class DocumentSchemaTests
{
    [Theory]
    [InlineData("type: string, nullable: true", "null", true)]
    [InlineData("type: string", "null", false)]
    [InlineData("nullable: true, allOf: [{ type: string }]", "null", false)]
    [InlineData("type: string, nullable: true, enum: [a]", "null", false)]
    [InlineData("type: integer, minimum: 1, exclusiveMinimum: true", "1", false)]
    [InlineData("type: integer, minimum: 1, exclusiveMinimum: false", "1", true)]
    [InlineData("type: integer, maximum: 9, exclusiveMaximum: true", "9", false)]
    [InlineData("type: integer, maximum: 9, exclusiveMaximum: true", "8.0", true)]
    [InlineData("$ref: '#/components/schemas/Name', maxLength: 1", "\"abc\"", true)]
    [InlineData("$ref: '#/components/schemas/Name'", "\"abcdef\"", false)]
    [InlineData("type: object, additionalProperties: false, properties: { a: {} }", """{"b":1}""", false)]
    [InlineData("type: string, format: date", "\"2026-02-30\"", false)]
    public void Schema_OfOpenApi30_MeansWhat30Says(string schema, string value, bool isAllowed) =>
        Assert.Equal(isAllowed, Compile("3.0.3", schema, SchemaDialect.OpenApi30, MessageDirection.None).Allows(value));

    [Fact]
    public void Keywords_Beside_AReference_HoldIn31()
    {
        Compiled schema = Compile("3.1.0", "$ref: '#/components/schemas/Name', maxLength: 1", SchemaDialect.JsonSchema202012, MessageDirection.None);

        Assert.False(schema.Allows("\"abc\""));
        Assert.True(schema.Allows("\"a\""));
    }

    [Theory]
    [InlineData(MessageDirection.Request, """{"password":"x"}""", "")]
    [InlineData(MessageDirection.Request, """{"id":1,"password":"x"}""", "/id readOnly")]
    [InlineData(MessageDirection.Request, """{"tag":1,"password":"x"}""", "/tag readOnly")]
    [InlineData(MessageDirection.Request, "{}", "/password required")]
    [InlineData(MessageDirection.Response, """{"id":1}""", "")]
    [InlineData(MessageDirection.Response, """{"id":1,"password":"x"}""", "/password writeOnly")]
    [InlineData(MessageDirection.Response, "{}", "/id required")]
    [InlineData(MessageDirection.None, """{"id":1,"password":"x","tag":2}""", "")]
    public void Members_OfOneDirection_AreRefusedInTheOther(MessageDirection direction, string value, string expected)
    {
        Compiled schema = Compile("3.1.0", "type: object, required: [id, password], properties: { id: { type: integer, readOnly: true }, password: { type: string, writeOnly: true }, tag: { $ref: '#/components/schemas/Tag' } }", SchemaDialect.JsonSchema202012, direction);

        schema.Allows(value);

        Assert.Equal(expected, string.Join(", ", schema.Session.Violations.Select(violation => $"{violation.Pointer} {violation.Keyword}")));
    }

    [Theory]
    [InlineData("""{"kind":"Cat","lives":9}""", "")]
    [InlineData("""{"kind":"kitty","lives":9}""", "")]
    [InlineData("""{"kind":"Cat","lives":"nine"}""", "/lives type: must be integer, is string")]
    [InlineData("""{"kind":"Dog"}""", "/barks required: is required")]
    [InlineData("""{"kind":"Cow"}""", "/kind discriminator: must be one of kitty, Cat, Dog")]
    [InlineData("""{"lives":9}""", "/kind discriminator: is required; it is one of kitty, Cat, Dog")]
    [InlineData("7", " discriminator: must be an object with the member kind")]
    public void Discriminator_Chooses_TheOneSchemaThatCounts(string value, string expected)
    {
        foreach ((string version, SchemaDialect dialect) in new[] { ("3.0.3", SchemaDialect.OpenApi30), ("3.1.0", SchemaDialect.JsonSchema202012) })
        {
            Compiled schema = Compile(
                version,
                "oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { kitty: '#/components/schemas/Cat' } }",
                dialect,
                MessageDirection.None);

            schema.Allows(value);

            Assert.Equal(expected, string.Join(", ", schema.Session.Violations.Select(violation => $"{violation.Pointer} {violation.Keyword}: {violation.Detail}")));
        }
    }

    // One schema declares the member, and another that applies to the same value requires it.
    [Theory]
    [InlineData("allOf: [{ properties: { id: { readOnly: true } } }], required: [id, name]")]
    [InlineData("allOf: [{ properties: { id: { readOnly: true } } }, { required: [id, name] }]")]
    [InlineData("allOf: [{ allOf: [{ $ref: '#/components/schemas/Kept' }] }, { allOf: [{ required: [id, name] }] }]")]
    [InlineData("oneOf: [{ $ref: '#/components/schemas/Kept' }], required: [id, name]")]
    public void Requirement_OfAMemberOfTheOtherDirection_IsNone_WhereverItStands(string schema)
    {
        foreach ((string version, SchemaDialect dialect) in new[] { ("3.0.3", SchemaDialect.OpenApi30), ("3.1.0", SchemaDialect.JsonSchema202012) })
        {
            Compiled request = Compile(version, schema, dialect, MessageDirection.Request);
            Compiled response = Compile(version, schema, dialect, MessageDirection.Response);

            Assert.True(request.Allows("""{"name":"a"}"""));
            Assert.False(request.Allows("""{"id":1,"name":"a"}"""));
            Assert.False(request.Allows("{}"));
            Assert.True(response.Allows("""{"id":1,"name":"a"}"""));
            Assert.False(response.Allows("""{"name":"a"}"""));
        }
    }

    // The trap and its way out: a closed part refuses the members of the others, "unevaluatedProperties" does not.
    [Theory]
    [InlineData("allOf: [{ properties: { a: {} }, additionalProperties: false }, { properties: { b: {} } }]", """{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("allOf: [{ properties: { a: {} } }, { properties: { b: {} } }], unevaluatedProperties: false", """{"a":1,"b":2}""", """{"a":1,"c":2}""")]
    public void Composition_OfClosedSchemas_MeansWhatTheStandardSays(string schema, string allowed, string refused)
    {
        Compiled compiled = Compile("3.1.0", schema, SchemaDialect.JsonSchema202012, MessageDirection.Request);

        Assert.True(compiled.Allows(allowed));
        Assert.False(compiled.Allows(refused));
    }

    [Fact]
    public void Reference_ToAnotherFile_IsFollowed_BackToo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("shared.yaml", "Tree: { type: object, properties: { label: { $ref: 'api.yaml#/components/schemas/Name' }, kids: { type: array, items: { $ref: '#/Tree' } } } }");
        string path = folder.Write("api.yaml", DocumentText("3.1.0", "$ref: 'shared.yaml#/Tree'"));
        Compiled schema = Compile(DocumentSource.FromFile(path), SchemaDialect.JsonSchema202012, MessageDirection.None);

        Assert.True(schema.Allows("""{"label":"abc","kids":[{"kids":[]}]}"""));
        Assert.False(schema.Allows("""{"kids":[{"kids":[{"label":"abcdef"}]}]}"""));
        Assert.Equal("/kids/0/kids/0/label", Assert.Single(schema.Session.Violations).Pointer);
    }

    [Theory]
    [InlineData("type: string, pattern: '(a'", "HG1501", "/components/schemas/Test/pattern")]
    [InlineData("type: string, pattern: '^(?!a)'", "HG1502", "/components/schemas/Test/pattern")]
    [InlineData("allOf: [{ anyOf: [{ $ref: '#/components/schemas/Test' }] }]", "HG1503", "/components/schemas/Test/allOf/0/anyOf/0")]
    [InlineData("multipleOf: 1.23456789012345678901", "HG1504", "/components/schemas/Test/multipleOf")]
    [InlineData("oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind, mapping: { cow: '#/components/schemas/Name' } }", "HG1508", "/components/schemas/Test/discriminator/mapping/cow")]
    public void Fault_OfASchema_IsFoundWithItsPlace(string schema, string code, string pointer)
    {
        Diagnostic found = Assert.Single(Compile("3.1.0", schema, SchemaDialect.JsonSchema202012, MessageDirection.None).Findings.Items);

        Assert.Equal(code, found.Code);
        Assert.StartsWith(code == "HG1503" ? "/components/schemas/Test" : pointer, found.Pointer, StringComparison.Ordinal);
        Assert.True(found.Location.Line > 0);
        Assert.False(string.IsNullOrEmpty(found.Fix));
    }

    private static Compiled Compile(string version, string schema, SchemaDialect dialect, MessageDirection direction) =>
        Compile(DocumentSource.FromText("api.yaml", DocumentText(version, schema)), dialect, direction);

    private static Compiled Compile(DocumentSource source, SchemaDialect dialect, MessageDirection direction)
    {
        LoadResult loaded = new DocumentLoader(new ExtensionRegistry()).Load(source);
        Assert.DoesNotContain(loaded.Diagnostics.Items, item => item.Severity == DiagnosticSeverity.Error);
        ApiDocument document = loaded.Document!;
        var findings = new DiagnosticBag();
        var compiler = new SchemaCompiler(new DocumentReferences(document.References), new SchemaOptions { Dialect = dialect, Direction = direction, AssertFormats = true }, findings);
        var components = (ObjectNode)((ObjectNode)document.Root["components"]!)["schemas"]!;
        return new Compiled(compiler.Compile(components["Test"]!), findings);
    }

    private static string DocumentText(string version, string schema) =>
        $$"""
        openapi: {{version}}
        info: { title: t, version: '1' }
        paths: {}
        components:
          schemas:
            Test: { {{schema}} }
            Name: { type: string, maxLength: 5 }
            Tag: { type: integer, readOnly: true }
            Kept: { type: object, properties: { id: { type: integer, readOnly: true } } }
            Cat: { type: object, required: [lives], properties: { kind: { type: string }, lives: { type: integer } } }
            Dog: { type: object, required: [barks], properties: { kind: { type: string }, barks: { type: boolean } } }
        """;

    private sealed record Compiled(SchemaValidator Validator, DiagnosticBag Findings)
    {
        public ValidationSession Session { get; } = new();

        public bool Allows(string json) => Validator.Validate(Encoding.UTF8.GetBytes(json), Session);
    }
}
