using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>A path item together with those to which its <c>$ref</c> leads; what stands nearer wins.</summary>
internal sealed class PathItemView
{
    private readonly List<ObjectNode> _items = [];

    public PathItemView(ObjectNode item, BuildScope scope)
    {
        // Circles were reported by the structure check.
        for (ObjectNode? at = item; at is not null && _items.Count < scope.Limits.MaxReferenceDepth; at = scope.References.Resolve(at) as ObjectNode)
            _items.Add(at);
    }

    /// <summary>The path items, the nearest first.</summary>
    public IReadOnlyList<ObjectNode> Items => _items;

    /// <summary>The operations: methods in upper case, in document order.</summary>
    public IEnumerable<(string Method, ObjectNode Node)> Operations()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ObjectNode item in _items)
        {
            foreach (ObjectMember member in item.MemberList)
            {
                if (HttpMethods.Fixed.TryGetValue(member.Key, out string? method) && member.Value is ObjectNode operation && seen.Add(member.Key))
                    yield return (method, operation);
            }

            // OAS 3.2.0 §4.9.1: these methods are sent as written.
            foreach (ObjectMember member in item.Members("additionalOperations"))
            {
                if (member.Value is ObjectNode operation && seen.Add(member.Key))
                    yield return (member.Key, operation);
            }
        }
    }

    /// <summary>The lists of parameters, the farthest first.</summary>
    public IEnumerable<List<DocumentNode>> ParameterLists() => Enumerable.Reverse(_items).Select(item => item.Items("parameters"));
}
