using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Publishing;

/// <summary>Gives values of other files, to which references of a document lead, names among its components. Used while one document is written.</summary>
internal sealed class PublishedReferences(ApiDocument document)
{
    private static readonly Dictionary<string, string> s_kinds = new(StringComparer.Ordinal)
    {
        ["Schema Object"] = "schemas",
        ["Response Object"] = "responses",
        ["Parameter Object"] = "parameters",
        ["Example Object"] = "examples",
        ["Request Body Object"] = "requestBodies",
        ["Header Object"] = "headers",
        ["Security Scheme Object"] = "securitySchemes",
        ["Link Object"] = "links",
        ["Callback Object"] = "callbacks",
        ["Media Type Object"] = "mediaTypes",
    };

    private readonly Dictionary<DocumentNode, string> _names = [];
    private readonly List<PublishedComponent> _components = [];

    /// <summary>How many values of other files there are.</summary>
    public int Count => _components.Count;

    /// <summary>Those of a kind. The list grows while they are written.</summary>
    public IEnumerable<PublishedComponent> Of(string kind)
    {
        for (int i = 0; i < _components.Count; i++)
        {
            if (_components[i].Kind == kind)
                yield return _components[i];
        }
    }

    /// <summary>Whether there are any of a kind.</summary>
    public bool Has(string kind) => _components.Exists(component => component.Kind == kind);

    /// <summary>The value of another file to which a node's reference leads; null where it stays in this one, or leads nowhere.</summary>
    public DocumentNode? Outside(ObjectNode node) =>
        document.References.Resolve(node) is { } target && RootOf(target) != document.Root ? target : null;

    /// <summary>A reference as the published document has it.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="reference">Its text.</param>
    /// <param name="rule">What it leads to.</param>
    public string TextOf(ObjectNode from, string reference, ObjectRule rule)
    {
        if (document.References.Locate(from, reference).Target is not { } target || !s_kinds.TryGetValue(rule.Name, out string? kind))
            return reference;
        if (RootOf(target) == document.Root)
            return reference.StartsWith('#') && RootOf(from) == document.Root ? reference : $"#{Escape(target.Pointer)}";
        if (!_names.TryGetValue(target, out string? name))
            _names.Add(target, name = Add(kind, target, rule));
        return $"#/components/{kind}/{name}";
    }

    private string Add(string kind, DocumentNode target, ObjectRule rule)
    {
        string pointer = target.Pointer;
        string wanted = pointer.Length > 0 ? pointer[(pointer.LastIndexOf('/') + 1)..] : Path.GetFileNameWithoutExtension(target.File.Path);

        // OAS 3.1.1 §4.8.7.1: names of components.
        wanted = string.Concat(wanted.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
        string name = wanted;
        for (int i = 2; IsTaken(kind, name); i++)
            name = $"{wanted}_{i}";
        _components.Add(new PublishedComponent(kind, name, target, rule));
        return name;
    }

    private bool IsTaken(string kind, string name) =>
        _components.Exists(component => component.Kind == kind && component.Name == name) || ((document.Root["components"] as ObjectNode)?[kind] as ObjectNode)?.Contains(name) == true;

    private static DocumentNode RootOf(DocumentNode node)
    {
        while (node.Parent is not null)
            node = node.Parent;
        return node;
    }

    // RFC 6901 §6: a pointer in a fragment is percent-encoded.
    private static string Escape(string pointer) =>
        Uri.EscapeDataString(pointer).Replace("%2F", "/", StringComparison.Ordinal);
}
