using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas.Patterns;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas.Compiling;

/// <summary>
/// What the parts of a compilation share: the schemas made so far, one for each node however many references lead to it, and those still to be filled. Schemas
/// wait in a queue instead of being compiled inside each other, so a long chain of references takes no stack.
/// </summary>
internal sealed class SchemaCompilation(SchemaReferences references, SchemaOptions options, DiagnosticBag diagnostics)
{
    private const int LongestChain = 1000;

    private readonly Dictionary<DocumentNode, CompiledSchema> _schemas = [];
    private readonly Dictionary<string, SchemaPattern?> _patterns = new(StringComparer.Ordinal);
    private readonly Queue<(DocumentNode Node, CompiledSchema Schema)> _pending = new();

    public SchemaReferences References => references;

    public SchemaOptions Options => options;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>Every schema with its node.</summary>
    public IReadOnlyDictionary<DocumentNode, CompiledSchema> Schemas => _schemas;

    /// <summary>The references whose targets depend on how they are reached.</summary>
    public List<DynamicReferenceRule> DynamicReferences { get; } = [];

    /// <summary>The members that do not go the way of the values.</summary>
    public OneWayMembers OneWay => field ??= new OneWayMembers(this);

    /// <summary>Which schemas use which others, and which have slow patterns.</summary>
    public SchemaReach Reach { get; } = new();

    /// <summary>Which schemas are applied to the same value as others, for finding circles.</summary>
    public SchemaLoops Loops { get; } = new();

    /// <summary>The schema that is being filled; null between.</summary>
    public CompiledSchema? Current { get; set; }

    /// <summary>The schema of a node: filled already, or soon.</summary>
    public CompiledSchema Get(DocumentNode node)
    {
        CompiledSchema schema = GetOrAdd(node);
        if (Current is not null)
            Reach.Add(Current, schema);
        return schema;
    }

    private CompiledSchema GetOrAdd(DocumentNode node)
    {
        DocumentNode target = FollowAlone(node);
        if (!_schemas.TryGetValue(target, out CompiledSchema? schema))
        {
            schema = new CompiledSchema();
            _schemas.Add(target, schema);
            _pending.Enqueue((target, schema));
        }

        return schema;
    }

    /// <summary>The next schema to fill.</summary>
    public bool TryNext(out DocumentNode node, out CompiledSchema schema)
    {
        bool any = _pending.TryDequeue(out (DocumentNode Node, CompiledSchema Schema) next);
        (node, schema) = next;
        return any;
    }

    /// <summary>The pattern of a keyword; null after a finding. Each text is compiled once.</summary>
    public SchemaPattern? GetPattern(string text, DocumentNode at)
    {
        SchemaPattern? pattern = GetOrAddPattern(text, at);
        if (pattern is { Backtracks: true } && Current is not null)
            Reach.MarkSlow(Current);
        return pattern;
    }

    private SchemaPattern? GetOrAddPattern(string text, DocumentNode at)
    {
        if (_patterns.TryGetValue(text, out SchemaPattern? known))
            return known;
        if (!SchemaPattern.TryParse(text, out SchemaPattern? pattern, out string? problem))
            diagnostics.Add(SchemaDiagnostics.BadPattern, at, $"The pattern '{text}' is no regular expression: {problem}.", "Write it as ECMA-262 has it, in Unicode mode.");
        else if (pattern.Backtracks)
            diagnostics.Add(SchemaDiagnostics.SlowPattern, at, $"The pattern '{text}' needs look-around, back references or large counts: it runs with a time limit of {SchemaPattern.MostTime.TotalMilliseconds} ms, off the event thread.", "Write it without them where the request path must be fast.");
        _patterns.Add(text, pattern);
        return pattern;
    }

    /// <summary>The value to which a reference leads, with a finding when it leads nowhere and nobody has said so.</summary>
    public DocumentNode? Resolve(ObjectNode from, string keyword)
    {
        string reference = ((ScalarNode)from[keyword]!).Text;
        DocumentNode? target = references.Resolve(from, reference);

        // The references of a document were checked when it was loaded.
        if (target is null && references is SchemaLibrary)
            diagnostics.Add(SchemaDiagnostics.Unresolvable, from[keyword]!, $"'{reference}' leads to nothing.", "Add the schema to the library, or mend the reference.");
        return target;
    }

    // A schema that only refers stands for its target, and costs nothing when values are checked.
    private DocumentNode FollowAlone(DocumentNode node)
    {
        for (int steps = 0; steps < LongestChain; steps++)
        {
            if (node is not ObjectNode schema || schema["$ref"] is not ScalarNode { Kind: ScalarKind.String } || !SchemaKeywords.IsReferenceAlone(schema, options.Dialect))
                return node;

            // A resource that is passed through is part of the dynamic scope (JSON Schema Core 2020-12 §7.1).
            if (Resolve(schema, "$ref") is not { } target || references.ResourceOf(node) != references.ResourceOf(target))
                return node;
            node = target;
        }

        diagnostics.Add(SchemaDiagnostics.EndlessSchema, node, "The references of this schema lead in a circle.", "Let one of them lead to a schema.");
        return node;
    }
}
