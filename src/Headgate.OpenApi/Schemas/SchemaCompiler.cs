using System.Collections.Frozen;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Compiling;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// Compiles schemas of one document. Schemas that several others use are compiled once; everything wrong with them becomes a diagnostic. Not thread-safe; the
/// validators that it makes are.
/// </summary>
/// <param name="references">How references are followed.</param>
/// <param name="options">How schemas are compiled.</param>
/// <param name="diagnostics">What is found.</param>
public sealed class SchemaCompiler(SchemaReferences references, SchemaOptions options, DiagnosticBag diagnostics)
{
    private readonly SchemaCompilation _compilation = new(references, options, diagnostics);

    /// <summary>Compiles a schema. After an error among the diagnostics the validator must not be used.</summary>
    public SchemaValidator Compile(DocumentNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        CompiledSchema root = _compilation.Get(schema);
        Fill();
        return new SchemaValidator(root, options.Limits) { IsSlow = _compilation.Reach.IsSlow(root) };
    }

    private void Fill()
    {
        // Dynamic references may lead to schemas that nothing else has reached yet, whose resources may hold further ones.
        do
        {
            while (_compilation.TryNext(out DocumentNode node, out CompiledSchema schema))
            {
                _compilation.Current = schema;
                SchemaFiller.Fill(_compilation, node, schema);
                _compilation.Current = null;
            }
        }
        while (LinkDynamicReferences());

        foreach (DocumentNode node in _compilation.Loops.Take())
            diagnostics.Add(SchemaDiagnostics.EndlessSchema, node, "This schema applies itself to the value that it is checking, without end.", "Let the circle go through a member ('properties') or an item ('items').");
    }

    private bool LinkDynamicReferences()
    {
        if (_compilation.DynamicReferences.Count == 0)
            return false;
        int known = _compilation.Schemas.Count;
        object[] resources = [.. _compilation.Schemas.Keys.Select(references.ResourceOf).Distinct()];
        foreach (DynamicReferenceRule rule in _compilation.DynamicReferences)
        {
            rule.Candidates = resources
                .Select(resource => (resource, anchor: references.FindDynamicAnchor(resource, rule.Anchor)))
                .Where(candidate => candidate.anchor is not null)
                .ToFrozenDictionary(candidate => candidate.resource, candidate => _compilation.Get(candidate.anchor!));
        }

        foreach ((DocumentNode node, CompiledSchema schema) in _compilation.Schemas)
            schema.Resource = references.ResourceOf(node);
        return _compilation.Schemas.Count > known;
    }
}
