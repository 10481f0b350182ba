using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>One operation of a document.</summary>
internal sealed record DocumentedOperation(string Method, string Path, JsonObject Definition)
{
    public string Id => Definition["operationId"]!.GetValue<string>();

    public bool Matches(string path)
    {
        var mine = Path.Split('/');
        var theirs = path.Split('/');
        return mine.Length == theirs.Length
            && mine.Zip(theirs).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }
}
