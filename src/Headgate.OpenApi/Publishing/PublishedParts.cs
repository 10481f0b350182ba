using Headgate.OpenApi.Model;
using Headgate.OpenApi.Model.Grammar;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Publishing;

/// <summary>Which parts of a document are published. Used while one document is written.</summary>
internal sealed class PublishedParts
{
    private const string Mark = "x-internal";
    private const int MostReferences = 32;

    private readonly ApiDocument _document;
    private readonly OpenApiGrammar _grammar;
    private readonly HashSet<string> _internalIds = new(StringComparer.Ordinal);
    private readonly HashSet<DocumentNode>? _used;

    public PublishedParts(ApiDocument document)
    {
        (_document, _grammar) = (document, OpenApiGrammar.For(document.Version));

        // A document without internal parts is published with all its components, those included that nothing uses.
        if (FindInternalParts(document.Root))
            _used = Use();
    }

    /// <summary>Whether an operation, a path item, a tag or a link is kept from clients: by its own mark, because all its operations are, or because it leads to one that is.</summary>
    public bool IsInternal(DocumentNode node)
    {
        if (node is not ObjectNode { CheckedAs: ObjectRule rule } part)
            return false;
        if (rule == _grammar.PathItem)
            return IsInternalPath(part);
        if (rule == _grammar.Link)
            return LeadsToInternal(part);
        return (rule == _grammar.Operation || rule == _grammar.Tag) && IsMarked(part);
    }

    /// <summary>Whether a component is published.</summary>
    public bool Keeps(DocumentNode component) => !IsInternal(component) && (_used is null || _used.Contains(component));

    private static bool IsMarked(ObjectNode node) => node[Mark] is ScalarNode { Kind: ScalarKind.Boolean, Text: "true" };

    private bool IsInternalPath(ObjectNode path)
    {
        var operations = new List<ObjectNode>();
        int references = 0;
        for (ObjectNode? at = path; at is not null && references++ < MostReferences; at = _document.References.Resolve(at) as ObjectNode)
        {
            if (IsMarked(at))
                return true;
            IEnumerable<ObjectMember> further = (at["additionalOperations"] as ObjectNode)?.Members ?? [];
            operations.AddRange(at.Members.Concat(further).Select(member => member.Value).OfType<ObjectNode>().Where(node => node.CheckedAs == _grammar.Operation));
        }

        return operations.Count > 0 && operations.TrueForAll(IsMarked);
    }

    private bool LeadsToInternal(ObjectNode link)
    {
        if (link["operationId"] is ScalarNode id)
            return _internalIds.Contains(id.Text);
        DocumentNode? target = link["operationRef"] is ScalarNode reference ? _document.References.Locate(link, reference.Text).Target : null;
        return target is not null && (IsInternal(target) || (target.Parent is { } path && IsInternal(path)));
    }

    // Notes the ids of internal operations on its way.
    private bool FindInternalParts(ObjectNode root)
    {
        bool isFound = false;
        var pending = new Stack<(DocumentNode Node, bool IsInside)>([(root, false)]);
        while (pending.TryPop(out (DocumentNode Node, bool IsInside) at))
        {
            bool isInside = at.IsInside || IsInternal(at.Node);
            isFound |= isInside;
            if (isInside && at.Node is ObjectNode operation && operation.CheckedAs == _grammar.Operation && operation["operationId"] is ScalarNode id)
                _internalIds.Add(id.Text);
            foreach (DocumentNode child in ChildrenOf(at.Node))
                pending.Push((child, isInside));
        }

        return isFound;
    }

    private static IEnumerable<DocumentNode> ChildrenOf(DocumentNode node) => node switch
    {
        ObjectNode part => part.Members.Select(member => member.Value),
        ArrayNode list => list.Items,
        _ => [],
    };

    // Everything that the published operations lead to, by references, names of security schemes and names of discriminators; and what holds it.
    private HashSet<DocumentNode> Use()
    {
        var used = new HashSet<DocumentNode>();
        var pending = new Stack<DocumentNode>(_document.Root.Members.Where(member => member.Key != "components").Select(member => member.Value));
        AddSchemes(_document.Root, pending);
        while (pending.TryPop(out DocumentNode? node))
        {
            if (IsInternal(node) || !used.Add(node))
                continue;
            Push(node, pending);
            if (_document.References.Resolve(node) is not { } target)
                continue;
            pending.Push(target);
            for (DocumentNode? holder = target.Parent; holder is not null; holder = holder.Parent)
                used.Add(holder);
        }

        return used;
    }

    private void Push(DocumentNode node, Stack<DocumentNode> pending)
    {
        foreach (DocumentNode child in ChildrenOf(node))
            pending.Push(child);
        if (node is not ObjectNode part)
            return;
        if (part.CheckedAs == _grammar.Operation)
            AddSchemes(part, pending);
        foreach (ScalarNode value in ((part["discriminator"] as ObjectNode)?["mapping"] as ObjectNode)?.Members.Select(member => member.Value).OfType<ScalarNode>() ?? [])
        {
            if ((Component("schemas", value.Text) ?? _document.References.Locate(part, value.Text).Target) is { } schema)
                pending.Push(schema);
        }
    }

    private void AddSchemes(ObjectNode owner, Stack<DocumentNode> pending)
    {
        IEnumerable<ObjectNode> alternatives = (owner["security"] as ArrayNode)?.Items.OfType<ObjectNode>() ?? [];
        foreach (ObjectMember requirement in alternatives.SelectMany(alternative => alternative.Members))
        {
            if (Component("securitySchemes", requirement.Key) is { } scheme)
                pending.Push(scheme);
        }
    }

    private DocumentNode? Component(string kind, string name) => ((_document.Root["components"] as ObjectNode)?[kind] as ObjectNode)?[name];
}
