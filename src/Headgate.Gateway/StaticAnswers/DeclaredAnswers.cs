using System.Globalization;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>What an operation declares of its answers. Used while a plan is compiled.</summary>
internal sealed class DeclaredAnswers
{
    private const int Ok = 200;
    private const int FirstError = 300;

    private readonly OperationScope _scope;
    private readonly List<KeyValuePair<string, ObjectNode>> _answers = [];

    public DeclaredAnswers(OperationScope scope)
    {
        _scope = scope;
        foreach (ObjectMember member in (scope.Operation.Node["responses"] as ObjectNode)?.Members ?? [])
        {
            if (scope.Document.References.Follow(member.Value) is ObjectNode answer)
                _answers.Add(new(member.Key, answer));
        }
    }

    /// <summary>The statuses that are declared by number, in ascending order.</summary>
    public IEnumerable<int> Statuses => _answers.Select(answer => StatusOf(answer.Key)).OfType<int>().Order();

    /// <summary>The lowest successful status that is declared; null for none.</summary>
    public int? Usual
    {
        get
        {
            int[] declared = [.. Statuses.Where(status => status is >= Ok and < FirstError)];
            return declared.Length > 0 ? declared[0] : Of(Ok) is null ? null : Ok;
        }
    }

    /// <summary>The Response Object of a status: its own, else that of its range, else the default (OAS 3.1.1 §4.8.16); null for none.</summary>
    public ObjectNode? Of(int status)
    {
        string[] keys = [string.Create(CultureInfo.InvariantCulture, $"{status}"), string.Create(CultureInfo.InvariantCulture, $"{status / 100}XX"), "default"];
        return keys.Select(key => _answers.FirstOrDefault(answer => answer.Key == key).Value).FirstOrDefault(answer => answer is not null);
    }

    /// <summary>The media types that an answer declares, each with its Media Type Object.</summary>
    public IReadOnlyList<KeyValuePair<string, ObjectNode>> ContentOf(ObjectNode answer)
    {
        var content = new List<KeyValuePair<string, ObjectNode>>();
        foreach (ObjectMember member in (answer["content"] as ObjectNode)?.Members ?? [])
        {
            if (_scope.Document.References.Follow(member.Value) is ObjectNode media)
                content.Add(new(member.Key, media));
        }

        return content;
    }

    /// <summary>The examples of a media type, in the order in which they count: the named ones, else the one without a name, else those of the schema.</summary>
    public IEnumerable<DeclaredExample> ExamplesOf(ObjectNode media)
    {
        if (media["examples"] is ObjectNode { Members.Count: > 0 } named)
            return named.Members.Select(member => Named(member.Key, member.Value)).OfType<DeclaredExample>();
        if (media["example"] is { } example)
            return [new DeclaredExample(null, example, IsText: false)];
        return _scope.Document.References.Follow(media["schema"]) is ObjectNode schema
            ? new[] { schema["example"], (schema["examples"] as ArrayNode) is { Items: [var first, ..] } ? first : null }.OfType<DocumentNode>().Take(1).Select(value => new DeclaredExample(null, value, IsText: false))
            : [];
    }

    private static int? StatusOf(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;

    // OAS 3.2.0 §4.19 adds the value as data and as text. What lies elsewhere (externalValue) is not fetched.
    private DeclaredExample? Named(string name, DocumentNode node)
    {
        if (_scope.Document.References.Follow(node) is not ObjectNode example)
            return null;
        if (example["serializedValue"] is ScalarNode text)
            return new DeclaredExample(name, text, IsText: true);
        return (example["dataValue"] ?? example["value"]) is { } value ? new DeclaredExample(name, value, IsText: false) : null;
    }
}
