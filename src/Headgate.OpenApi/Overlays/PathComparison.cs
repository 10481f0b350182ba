using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Overlays;

/// <summary>Compares two values as RFC 9535 §2.3.5.2.2 says; null stands for a query that selected nothing.</summary>
internal readonly struct PathComparison(string comparison)
{
    public bool Holds(DocumentNode? left, DocumentNode? right) => comparison switch
    {
        "==" => AreEqual(left, right),
        "!=" => !AreEqual(left, right),
        "<" => IsLess(left, right),
        ">" => IsLess(right, left),
        "<=" => IsLess(left, right) || AreEqual(left, right),
        _ => IsLess(right, left) || AreEqual(left, right),
    };

    private static bool AreEqual(DocumentNode? left, DocumentNode? right) => (left, right) switch
    {
        (null, null) => true,
        (ScalarNode { Kind: ScalarKind.Number } one, ScalarNode { Kind: ScalarKind.Number } other) => one.AsNumber() == other.AsNumber(),
        (ScalarNode one, ScalarNode other) => one.Kind == other.Kind && one.Text == other.Text,
        (ArrayNode one, ArrayNode other) => one.ItemList.Count == other.ItemList.Count && one.ItemList.Zip(other.ItemList).All(pair => AreEqual(pair.First, pair.Second)),
        (ObjectNode one, ObjectNode other) => one.MemberList.Count == other.MemberList.Count && one.MemberList.TrueForAll(member => other[member.Key] is { } same && AreEqual(member.Value, same)),
        _ => false,
    };

    private static bool IsLess(DocumentNode? left, DocumentNode? right) => (left, right) switch
    {
        (ScalarNode { Kind: ScalarKind.Number } one, ScalarNode { Kind: ScalarKind.Number } other) => one.AsNumber() < other.AsNumber(),
        (ScalarNode { Kind: ScalarKind.String } one, ScalarNode { Kind: ScalarKind.String } other) => string.CompareOrdinal(one.Text, other.Text) < 0,
        _ => false,
    };
}
