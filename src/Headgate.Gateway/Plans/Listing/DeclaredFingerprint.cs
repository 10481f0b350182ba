using System.Security.Cryptography;
using System.Text;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Plans.Listing;

/// <summary>
/// Gives what a document declares a short text, equal for declarations that ask the same of a message: the order of members, texts for readers, and the names under which referenced
/// parts stand make no difference. Used by one thread at a time.
/// </summary>
/// <param name="references">Follows the references of the document.</param>
internal sealed class DeclaredFingerprint(ReferenceResolver references)
{
    private const int ShownDigits = 12;

    private static readonly HashSet<string> s_forReaders = new(StringComparer.Ordinal) { "title", "description", "summary", "example", "examples", "externalDocs", "$comment", "deprecated" };

    // Their members are names that the document's author chose.
    private static readonly HashSet<string> s_ofNames = new(StringComparer.Ordinal)
    {
        "properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions", "content", "headers", "encoding",
    };

    private static readonly HashSet<string> s_ofValues = new(StringComparer.Ordinal) { "enum", "const", "default" };

    // Of what operations refer to: many refer to the same.
    private readonly Dictionary<DocumentNode, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<DocumentNode, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<DocumentNode> _waiting = new();
    private readonly StringBuilder _text = new();

    /// <summary>The text.</summary>
    public string Of(DocumentNode? node)
    {
        if (node is null)
            return "anything";
        _numbers.Clear();
        _text.Clear();
        Append(node, Meaning.Declaration);
        string own = _text.ToString();
        DocumentNode[] targets = [.. _waiting];
        _waiting.Clear();
        return Digest(own + string.Concat(targets.Select(target => _known.TryGetValue(target, out string? known) ? known : _known[target] = OfWhole(target))));
    }

    // With all that it refers to in turn, each written once and after the rest: documents refer in circles, and in chains that are longer than any stack.
    private string OfWhole(DocumentNode node)
    {
        _numbers.Clear();
        _text.Clear();
        _numbers.Add(node, 0);
        Append(node, Meaning.Declaration);
        while (_waiting.TryDequeue(out DocumentNode? target))
            Append(target, Meaning.Declaration);
        return Digest(_text.ToString());
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..ShownDigits];

    private void Append(DocumentNode node, Meaning meaning)
    {
        switch (node)
        {
            case ObjectNode members:
                Append(members, meaning);
                break;
            case ArrayNode list:
                _text.Append('[');
                foreach (DocumentNode item in list.Items)
                    Append(item, meaning);
                _text.Append(']');
                break;
            case ScalarNode scalar:
                _text.Append((int)scalar.Kind);
                Append(scalar.Text);
                break;
        }
    }

    private void Append(ObjectNode members, Meaning meaning)
    {
        _text.Append('{');
        foreach (ObjectMember member in members.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            if (meaning == Meaning.Declaration && IsForReaders(member.Key))
                continue;
            if (meaning == Meaning.Declaration && member is { Key: "$ref", Value: ScalarNode })
            {
                _text.Append('@').Append(NumberOf(references.Resolve(members)));
                continue;
            }

            Append(member.Key);
            Append(member.Value, meaning == Meaning.Declaration ? MeaningOf(member.Key) : meaning == Meaning.Names ? Meaning.Declaration : Meaning.Value);
        }

        _text.Append('}');
    }

    private int NumberOf(DocumentNode? target)
    {
        if (target is null)
            return -1;
        if (!_numbers.TryGetValue(target, out int number))
        {
            _numbers.Add(target, number = _numbers.Count);
            _waiting.Enqueue(target);
        }

        return number;
    }

    // Of extensions those of the gateway alone could ever mean something to it.
    private static bool IsForReaders(string keyword) =>
        s_forReaders.Contains(keyword) || (keyword.StartsWith("x-", StringComparison.Ordinal) && !keyword.StartsWith("x-gateway-", StringComparison.Ordinal));

    private static Meaning MeaningOf(string keyword) => s_ofNames.Contains(keyword) ? Meaning.Names : s_ofValues.Contains(keyword) ? Meaning.Value : Meaning.Declaration;

    // With its length, so that no text can look like the end of another.
    private void Append(string text) => _text.Append(text.Length).Append(':').Append(text);

    private enum Meaning
    {
        Declaration,
        Names,
        Value,
    }
}
