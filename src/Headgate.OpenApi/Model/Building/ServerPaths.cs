using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>Turns lists of servers into base paths: hosts do not matter to a gateway, which stands in front of them.</summary>
internal sealed class ServerPaths(BuildScope scope)
{
    // Variables of the host multiply without adding base paths: more combinations than this are not tried.
    private const int MostCombinations = 10_000;

    // Each variable is a level of nested loops.
    private const int MostParts = 64;

    private readonly Dictionary<DocumentNode, IReadOnlyList<string>> _known = [];
    private readonly Dictionary<ObjectNode, IReadOnlyList<string>> _values = [];

    /// <summary>The base paths of an object's <c>servers</c>, or null when it has none.</summary>
    public IReadOnlyList<string>? Of(ObjectNode owner)
    {
        if (owner["servers"] is not ArrayNode { Items.Count: > 0 } servers)
            return null;
        if (_known.TryGetValue(servers, out IReadOnlyList<string>? known))
            return known;

        var paths = new List<string>();
        foreach (ObjectNode server in servers.Items.OfType<ObjectNode>())
        {
            Add(server, paths);
            if (paths.Count > scope.Limits.MaxBasePaths)
                break;
        }

        _known.Add(servers, paths);
        return paths;
    }

    private void Add(ObjectNode server, List<string> paths)
    {
        if (server["url"] is not ScalarNode { Kind: ScalarKind.String } url)
            return;
        if (ServerUrl.Split(url.Text) is not { } parts)
        {
            scope.Diagnostics.Add(OpenApiDiagnostics.BadServerUrl, url, $"The braces of '{url.Text}' do not match.", "A variable is written '{name}'.");
            return;
        }

        if (parts.Count > MostParts)
        {
            scope.Diagnostics.Add(OpenApiDiagnostics.BadServerUrl, url, $"The URL has more than {MostParts} parts.", "Use fewer variables.");
            return;
        }

        IReadOnlyList<IReadOnlyList<string>>? choices = Choices(server, url, parts);
        if (choices is null)
            return;
        var state = new Expansion(url, paths);
        foreach (string expanded in Combine(choices))
        {
            if (!Take(expanded, state))
                return;
        }
    }

    private bool Take(string expanded, Expansion state)
    {
        if (ServerUrl.PathOf(expanded) is not { } path)
        {
            scope.Diagnostics.Add(OpenApiDiagnostics.BadServerUrl, state.Url, $"'{expanded}' is no server URL.", "Write a URL without query and fragment, or a path such as '/v1'.");
            return false;
        }

        if (!state.Paths.Contains(path))
            state.Paths.Add(path);
        if (++state.Combinations <= MostCombinations && state.Paths.Count <= scope.Limits.MaxBasePaths)
            return true;
        scope.Diagnostics.Add(OpenApiDiagnostics.TooManyBasePaths, state.Url, $"The values of the variables give more than {scope.Limits.MaxBasePaths} base paths, or {MostCombinations} URLs.", "List fewer values, or use a path parameter.");
        return false;
    }

    /// <summary>For each part of the URL the texts that may stand there; null after a finding.</summary>
    private List<IReadOnlyList<string>>? Choices(ObjectNode server, ScalarNode url, IReadOnlyList<PathPart> parts)
    {
        var choices = new List<IReadOnlyList<string>>();
        foreach (PathPart part in parts)
        {
            if (!part.IsParameter)
            {
                choices.Add([part.Text]);
            }
            else if ((server["variables"] as ObjectNode)?[part.Text] is ObjectNode variable)
            {
                choices.Add(Values(variable));
            }
            else
            {
                string? near = Suggestion.Closest(part.Text, server.Members("variables").Select(member => member.Key));
                scope.Diagnostics.Add(OpenApiDiagnostics.UndefinedServerVariable, url, $"The variable '{{{part.Text}}}' is not defined.", near is null ? $"Add '{part.Text}' under 'variables' of the server." : $"Did you mean '{{{near}}}'?");
                return null;
            }
        }

        return choices;
    }

    private IReadOnlyList<string> Values(ObjectNode variable)
    {
        if (_values.TryGetValue(variable, out IReadOnlyList<string>? known))
            return known;
        var listed = variable.Items("enum").OfType<ScalarNode>().Select(value => value.Text).ToHashSet(StringComparer.Ordinal);
        string? preset = variable.Text("default");
        string[] values = [.. (preset is null ? [] : new[] { preset }).Concat(listed).Distinct()];
        _values.Add(variable, values);

        // OAS 3.1.1 §4.8.6: the default MUST exist in the enum. Both are served.
        if (preset is not null && listed.Count > 0 && !listed.Contains(preset))
            scope.Diagnostics.Add(OpenApiDiagnostics.ServerDefaultNotInEnum, variable["default"]!, $"The default '{preset}' is none of the values of 'enum'.", "Add it to 'enum', or change it.");
        return values;
    }

    private static IEnumerable<string> Combine(IReadOnlyList<IReadOnlyList<string>> choices)
    {
        IEnumerable<string> texts = [""];
        foreach (IReadOnlyList<string> choice in choices)
            texts = texts.SelectMany(text => choice.Select(more => text + more));
        return texts;
    }

    private sealed class Expansion(ScalarNode url, List<string> paths)
    {
        public ScalarNode Url { get; } = url;

        public List<string> Paths { get; } = paths;

        public int Combinations { get; set; }
    }
}
