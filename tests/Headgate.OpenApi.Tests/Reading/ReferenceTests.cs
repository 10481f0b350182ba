using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public sealed class ReferenceTests : IDisposable
{
    private const string Start = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FilesOfBothNotations_AreJoined()
    {
        _folder.Write("shared/parameters.json", """{ "Limit": { "name": "limit", "in": "query", "schema": { "$ref": "../schemas/all%20of%20them.yaml#/$defs/Limit" } } }""");
        _folder.Write("schemas/all of them.yaml", "$defs:\n  Limit: { type: integer, maximum: 50 }\n");
        _folder.Write("paths/orders.yaml", "get:\n  operationId: listOrders\n  parameters:\n    - $ref: ../shared/parameters.json#/Limit\n  responses:\n    '200': { $ref: '../api.yaml#/components/responses/Ok' }\n");
        string entry = _folder.Write("api.yaml", Start + "paths:\n  /orders: { $ref: paths/orders.yaml }\ncomponents:\n  responses:\n    Ok: { description: fine }\n");

        LoadResult result = Loading.LoadFile(entry);

        Assert.Empty(result.Codes());
        ApiOperation operation = Assert.Single(result.Document().Operations);
        ApiParameter limit = Assert.Single(operation.Parameters);
        var schema = (ObjectNode)result.Document().References.Resolve(limit.Schema!)!;
        Assert.Equal("50", ((ScalarNode)schema["maximum"]!).Text);
        Assert.EndsWith("schemas/all of them.yaml", schema.File.Path, StringComparison.Ordinal);
        Assert.Equal(4, result.Files.Count);
    }

    [Fact]
    public void Load_MistakeInAReferencedFile_IsReportedThere()
    {
        _folder.Write("schema.yaml", "type: strin\n");
        string entry = _folder.Write("api.yaml", Start + "components:\n  schemas:\n    A: { $ref: schema.yaml }\n    B: { $ref: schema.yaml }\n");

        Diagnostic finding = Assert.Single(Loading.LoadFile(entry).Diagnostics.Items);

        Assert.Equal("HG1205", finding.Code);
        Assert.Equal((Path.Combine(_folder.FullPath, "schema.yaml"), 1, 7), (finding.Location.File, finding.Location.Line, finding.Location.Column));
        Assert.Contains("'string'", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsReportedOnceAndWatched()
    {
        string entry = _folder.Write("api.yaml", Start + "components:\n  schemas:\n    A: { $ref: gone.yaml }\n    B: { $ref: 'gone.yaml#/b' }\n");

        LoadResult result = Loading.LoadFile(entry);

        Assert.Equal(["HG1001"], result.Codes());
        Assert.Contains(result.Files, file => file.FullPath == Path.Combine(_folder.FullPath, "gone.yaml"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../outside.yaml")]
    [InlineData("%2e%2e/outside.yaml")]
    [InlineData("sub/../../outside.yaml")]
    [InlineData("link.yaml")]
    [InlineData("linked/outside.yaml")]
    public void Load_FileOutsideTheDirectory_IsRefusedUnread(string reference)
    {
        _folder.Write("outside.yaml", "type: string\n");
        string entry = _folder.Write("inside/api.yaml", Start + $"components:\n  schemas:\n    A: {{ $ref: '{reference}' }}\n");
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "inside/link.yaml"), "../outside.yaml");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullPath, "inside/linked"), _folder.FullPath);

        LoadResult result = Loading.LoadFile(entry);

        Assert.Equal(["HG1302"], result.Codes());
        Assert.Single(result.Files);
    }

    [Fact]
    public void Load_FileOutsideTheDirectory_IsReadWhenAllowed()
    {
        _folder.Write("outside.yaml", "type: string\n");
        string entry = _folder.Write("inside/api.yaml", Start + "components:\n  schemas:\n    A: { $ref: ../outside.yaml }\n");

        Assert.Empty(Loading.LoadFile(entry, new LoadOptions { AllowFilesOutside = true }).Codes());
    }

    // A mounted ConfigMap: the files are links through a directory that is itself a link.
    [Fact]
    public void Load_DirectoryOfLinksToItsOwnInside_IsNotOutside()
    {
        _folder.Write("..2026/api.yaml", Start + "components:\n  schemas:\n    A: { $ref: schema.yaml }\n");
        _folder.Write("..2026/schema.yaml", "type: string\n");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullPath, "..data"), "..2026");
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "api.yaml"), "..data/api.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "schema.yaml"), "..data/schema.yaml");

        Assert.Empty(Loading.LoadFile(Path.Combine(_folder.FullPath, "api.yaml")).Codes());
    }

    [Fact]
    public void Load_LinksInACircle_GiveADiagnostic()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "a.yaml"), "b.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "b.yaml"), "a.yaml");
        string entry = _folder.Write("api.yaml", Start + "components:\n  schemas:\n    A: { $ref: a.yaml }\n");

        Assert.Equal(["HG1301"], Loading.LoadFile(entry).Codes());
    }

    [Fact]
    public void Load_MoreFilesThanAllowed_GivesADiagnostic()
    {
        for (int i = 0; i < 5; i++)
            _folder.Write($"s{i}.yaml", $"properties: {{ next: {{ $ref: s{i + 1}.yaml }} }}\n");
        string entry = _folder.Write("api.yaml", Start + "components:\n  schemas:\n    A: { $ref: s0.yaml }\n");

        Assert.Equal(["HG1026"], Loading.LoadFile(entry, new LoadOptions { Limits = new LoadLimits { MaxFiles = 3 } }).Codes());
    }

    [Theory]
    [InlineData("#/components/schemas/Pett", "HG1301", "'Pet'")]
    [InlineData("#/components/schema/Pet", "HG1301", "'schemas'")]
    [InlineData("#/components/schemas/a~2b", "HG1306", "'~0'")]
    [InlineData("#pets", "HG1301", "'#pet'")]
    [InlineData("#/components/schemas/Pet/required/00", "HG1301", null)]
    [InlineData("https://example.com/pet.json", "HG1303", "Download")]
    [InlineData("//example.com/pet.json", "HG1303", "Download")]
    [InlineData("file:///etc/passwd", "HG1306", "relative")]
    [InlineData("a%00b.yaml", "HG1306", null)]
    public void Load_ReferenceToNothing_IsReportedWithAFix(string reference, string code, string? fix)
    {
        LoadResult result = Loading.LoadRest($$"""
            paths:
              /pets:
                get:
                  responses:
                    default: { description: '', content: { application/json: { schema: { $ref: '{{reference}}' } } } }
            components:
              schemas:
                Pet: { $anchor: pet, required: [id] }
            """);

        Diagnostic finding = Assert.Single(result.Diagnostics.Items);
        Assert.Equal(code, finding.Code);
        Assert.Contains(fix ?? "", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#/components/schemas/Pet")]
    [InlineData("#/components/schemas/P%65t")]
    [InlineData("#pet")]
    [InlineData("#/components/schemas/Odd~1~0name/items")]
    public void Resolve_EveryFormOfFragment_FindsTheSchema(string reference)
    {
        LoadResult result = Loading.LoadRest($$"""
            components:
              schemas:
                A: { properties: { pet: { $ref: '{{reference}}' } } }
                Pet: { $anchor: pet, title: Pet }
            """ + (reference.Contains('~', StringComparison.Ordinal) ? "\n    x: {}" : ""));
        if (reference.Contains('~', StringComparison.Ordinal))
            result = Loading.LoadRest("components:\n  schemas:\n    A: { $defs: { 'Odd/~name': { items: { title: Pet } } }, properties: { pet: { $ref: '#/components/schemas/A/$defs/Odd~1~0name/items' } } }\n");

        ObjectNode root = result.Document().Root;
        DocumentNode pet = ((ObjectNode)((ObjectNode)((ObjectNode)((ObjectNode)((ObjectNode)root["components"]!)["schemas"]!)["A"]!)["properties"]!)["pet"]!);
        Assert.Equal("Pet", ((ScalarNode)((ObjectNode)result.Document().References.Resolve(pet)!)["title"]!).Text);
    }

    [Theory]
    [InlineData("responses")]
    [InlineData("parameters")]
    [InlineData("schemas")]
    [InlineData("pathItems")]
    public void Load_ReferencesInACircle_GiveDiagnostics(string section)
    {
        LoadResult result = Loading.LoadRest($"components:\n  {section}:\n    A: {{ $ref: '#/components/{section}/B' }}\n    B: {{ $ref: '#/components/{section}/A' }}\n    C: {{ $ref: '#/components/{section}/C' }}\n");

        Assert.Equal(["HG1305", "HG1305", "HG1305"], result.Codes());
    }

    [Fact]
    public void Load_RecursiveSchema_IsFine()
    {
        LoadResult result = Loading.LoadRest("components:\n  schemas:\n    Tree: { properties: { left: { $ref: '#/components/schemas/Tree' }, right: { $ref: '#' } } }\n");

        // '#' is the whole document, which is no schema.
        Diagnostic finding = Assert.Single(result.Diagnostics.Items);
        Assert.Equal(("HG1308", "/components/schemas/Tree/properties/right/$ref"), (finding.Code, finding.Pointer));
    }

    [Fact]
    public void Load_ReferenceToAnotherKind_IsReportedAtTheReference()
    {
        LoadResult result = Loading.LoadRest("paths:\n  /a:\n    get:\n      parameters: [{ $ref: '#/components/schemas/Limit' }]\ncomponents:\n  schemas:\n    Limit: { type: integer }\n");

        Assert.Equal("/paths/~1a/get/parameters/0/$ref", result.Single(OpenApiDiagnostics.WrongTarget).Pointer);
    }

    [Fact]
    public void Load_WhatStandsBesideAReference_IsIgnoredWithAWarning()
    {
        LoadResult result = Loading.LoadRest("components:\n  responses:\n    A: { $ref: '#/components/responses/B', description: mine, summary: s, content: {} }\n    B: { description: b }\n");

        Assert.NotNull(result.Document());
        Assert.Equal("/components/responses/A/content", result.Single(OpenApiDiagnostics.IgnoredBesideReference).Pointer);
    }

    [Fact]
    public void Load_RemoteReferenceThatNothingUses_IsAWarning()
    {
        LoadResult result = Loading.LoadRest("paths: {}\ncomponents:\n  schemas:\n    A: { $ref: 'https://example.com/a.json' }\n");

        Assert.NotNull(result.Document());
        Assert.Equal(["HG1304"], result.Codes());
    }
}
