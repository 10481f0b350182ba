using System.Text.Json;

namespace Headgate.Server.Settings;

/// <summary>Reads <c>headgate.json</c>: an object of settings, groups as objects, lists as arrays, <c>service</c> as an object of names.</summary>
internal static class SettingsFile
{
    /// <summary>The file that is read when it stands in the current directory and no other is named.</summary>
    public const string DefaultName = "headgate.json";

    private static readonly JsonDocumentOptions s_options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<(string Key, SettingText Value)> Read(string path, List<SettingProblem> problems)
    {
        var values = new List<(string, SettingText)>();
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path), s_options);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                AddMembers(json.RootElement, "", Path.GetFileName(path), values);
            else
                problems.Add(new SettingProblem(path, json.RootElement.ValueKind.ToString(), "the file does not hold an object", "write {\"listen\": …}"));
        }
        catch (JsonException exception)
        {
            problems.Add(new SettingProblem(path, $"line {exception.LineNumber + 1}", "it is not JSON", "mend the file"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SettingProblem("--config", path, exception.Message, "name a file that can be read"));
        }

        return values;
    }

    private static void AddMembers(JsonElement members, string prefix, string file, List<(string, SettingText)> values)
    {
        foreach (JsonProperty member in members.EnumerateObject())
        {
            string key = prefix + member.Name;
            string origin = $"{file}: {key}";
            if (key == SettingsCatalogue.Service.Key && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty service in member.Value.EnumerateObject())
                    values.Add((key, new SettingText($"{service.Name}={string.Join(',', Texts(service.Value))}", $"{origin}.{service.Name}") { Source = SettingSource.File }));
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                AddMembers(member.Value, key + ".", file, values);
            }
            else
            {
                values.AddRange(Texts(member.Value).Select(text => (key, new SettingText(text, origin) { Source = SettingSource.File })));
            }
        }
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        _ => [value.GetRawText()],
    };
}
