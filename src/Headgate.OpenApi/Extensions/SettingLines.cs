using System.Text.Json.Nodes;

namespace Headgate.OpenApi.Extensions;

/// <summary>Settings one by one, each under its path, for people to read and programs to compare.</summary>
public static class SettingLines
{
    /// <summary>What stands for a setting without a value.</summary>
    public const string None = "-";

    /// <summary>A line for each value that stands alone; lists of such values stay on one.</summary>
    /// <param name="path">The path of the value; empty for the whole.</param>
    /// <param name="node">The value.</param>
    public static IEnumerable<(string Path, string Value)> Of(string path, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => members.SelectMany(member => Of(path.Length == 0 ? member.Key : $"{path}.{member.Key}", member.Value)),
        JsonArray { Count: > 0 } items when items.Any(item => item is JsonObject) => items.SelectMany((item, index) => Of($"{path}[{index}]", item)),
        JsonArray { Count: > 0 } items => [(path, string.Join(", ", items.Select(item => item?.ToString() ?? None)))],
        JsonValue value => [(path, value.ToString())],
        _ => [(path, None)],
    };
}
