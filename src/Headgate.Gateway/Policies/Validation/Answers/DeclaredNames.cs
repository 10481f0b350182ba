using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>The names that schemas give to members. In the log these alone stand for places in an answer: other names are data. Filled while compiling, then read.</summary>
internal sealed class DeclaredNames
{
    private const string Masked = "*";

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<DocumentNode> _seen = [];

    /// <summary>Adds the names of a schema and of all to which it leads.</summary>
    public void Add(DocumentNode schema, ReferenceResolver references)
    {
        var pending = new Stack<DocumentNode>([schema]);
        while (pending.TryPop(out DocumentNode? node))
        {
            if (!_seen.Add(node))
                continue;
            foreach (DocumentNode item in (node as ArrayNode)?.Items ?? [])
                pending.Push(item);
            if (references.Resolve(node) is { } target)
                pending.Push(target);
            foreach (ObjectMember member in (node as ObjectNode)?.Members ?? [])
            {
                pending.Push(member.Value);
                if (member is { Key: "properties", Value: ObjectNode properties })
                    _names.UnionWith(properties.Members.Select(property => property.Key));
                if (member is { Key: "required", Value: ArrayNode required })
                    _names.UnionWith(required.Items.OfType<ScalarNode>().Select(name => name.Text));
            }
        }
    }

    /// <summary>A JSON Pointer with every name masked that no schema declares.</summary>
    public string Mask(string pointer) => string.Join('/', pointer.Split('/').Select((token, i) => i == 0 || IsKnown(token) ? token : Masked));

    private bool IsKnown(string token) =>
        token.All(char.IsAsciiDigit) || _names.Contains(token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}
