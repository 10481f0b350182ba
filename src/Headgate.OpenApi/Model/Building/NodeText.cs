using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Reads scalar members of objects that the structure check has reported on already: a wrong type counts as absence.</summary>
internal static class NodeText
{
    public static string? Text(this ObjectNode node, string key) => (node[key] as ScalarNode)?.AsString();

    public static bool? Flag(this ObjectNode node, string key) => (node[key] as ScalarNode)?.AsBoolean();

    public static List<DocumentNode> Items(this ObjectNode node, string key) => (node[key] as ArrayNode)?.ItemList ?? [];

    public static List<ObjectMember> Members(this ObjectNode node, string key) => (node[key] as ObjectNode)?.MemberList ?? [];
}
