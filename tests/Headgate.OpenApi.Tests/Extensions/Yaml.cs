using System.Text.RegularExpressions;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Headgate.OpenApi.Tests.Extensions;

/// <summary>Node trees of YAML texts, for tests of what comes after reading.</summary>
internal static partial class Yaml
{
    private static readonly SourceFile s_file = new("test.yaml", "/test.yaml");

    public static ObjectNode Object(string text) => (ObjectNode)Parse(text);

    public static DocumentNode Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents[0].RootNode);
    }

    private static DocumentNode Convert(YamlNode node)
    {
        int line = (int)node.Start.Line;
        int column = (int)node.Start.Column;
        switch (node)
        {
            case YamlMappingNode map:
                var target = new ObjectNode(s_file, line, column);
                foreach ((YamlNode key, YamlNode value) in map.Children)
                    Assert.True(target.TryAdd(new ObjectMember(((YamlScalarNode)key).Value!, new SourceLocation(s_file.Path, (int)key.Start.Line, (int)key.Start.Column), Convert(value))));
                return target;
            case YamlSequenceNode list:
                var array = new ArrayNode(s_file, line, column);
                foreach (YamlNode item in list.Children)
                    array.Add(Convert(item));
                return array;
            default:
                var scalar = (YamlScalarNode)node;
                return new ScalarNode(s_file, line, column, KindOf(scalar), scalar.Value ?? "null");
        }
    }

    private static ScalarKind KindOf(YamlScalarNode scalar) => (scalar.Style, scalar.Value) switch
    {
        (not ScalarStyle.Plain, _) => ScalarKind.String,
        (_, null or "" or "null" or "~") => ScalarKind.Null,
        (_, "true" or "false") => ScalarKind.Boolean,
        (_, string text) when Number().IsMatch(text) => ScalarKind.Number,
        _ => ScalarKind.String,
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
