using System.Text;
using System.Text.Json;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Tests.Conformance;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>Runs files of the JSON-Schema-Test-Suite.</summary>
internal static class JsonSchemaSuite
{
    public static string Directory { get; } = Path.GetFullPath(Path.Combine(ConformanceFiles.Directory, "../json-schema"));

    private static readonly (string Uri, byte[] Json)[] s_remotes = [.. ReadRemotes()];

    public static IEnumerable<string> Files(string folder) =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Directory, folder), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>How many tests a file has, and which of them came out wrong.</summary>
    public static (int Count, List<string> Failures) Run(string file, bool assertFormats = false)
    {
        using JsonDocument groups = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Directory, file)));
        var failures = new List<string>();
        int count = 0;
        int number = 0;
        foreach (JsonElement group in groups.RootElement.EnumerateArray())
        {
            SchemaValidator validator = Compile(group.GetProperty("schema"), $"{file}/{number++}", assertFormats, out DiagnosticBag diagnostics);
            var session = new ValidationSession();
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                bool isValid = !diagnostics.HasErrors && validator.Validate(Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText()), session);
                if (isValid != test.GetProperty("valid").GetBoolean() || diagnostics.HasErrors)
                    failures.Add($"{group.GetProperty("description")} / {test.GetProperty("description")}: {(isValid ? "valid" : string.Join("; ", session.Violations))} {string.Join("; ", diagnostics.Items.Select(item => item.Message))}");
                else if (!isValid && session.Violations.Count == 0)
                    failures.Add($"{group.GetProperty("description")} / {test.GetProperty("description")}: refused without a violation");
            }
        }

        return (count, failures);
    }

    private static SchemaValidator Compile(JsonElement schema, string name, bool assertFormats, out DiagnosticBag diagnostics)
    {
        diagnostics = new DiagnosticBag();
        var library = new SchemaLibrary();
        foreach ((string uri, byte[] json) in s_remotes)
            library.Add(uri, json, diagnostics);
        DocumentNode root = library.Add($"http://suite.invalid/{name}", Encoding.UTF8.GetBytes(schema.GetRawText()), diagnostics)!;
        return new SchemaCompiler(library, new SchemaOptions { AssertFormats = assertFormats }, diagnostics).Compile(root);
    }

    private static IEnumerable<(string Uri, byte[] Json)> ReadRemotes()
    {
        string folder = Path.Combine(Directory, "remotes");
        foreach (string file in System.IO.Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
            yield return ("http://localhost:1234/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file));
    }
}
