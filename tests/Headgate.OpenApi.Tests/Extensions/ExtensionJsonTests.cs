using System.Text.Json.Nodes;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;

namespace Headgate.OpenApi.Tests.Extensions;

public class ExtensionJsonTests
{
    private const string Given = """
        name: alpha
        total: 5000000000
        wait: 500ms
        choice: first-of-all
        numbers: [1, 2]
        lengths: { short: 1, long: 1h }
        value: { from: $request.body#/x, plain: null }
        target: /orders?userId={userId}
        pointer: /a~1b
        secret: ${secret:TOKEN}
        day: "2030-12-31"
        anything: { free: [form, 1, null] }
        parts: [10s, { length: 1m, inner: [2s], other: 4 }]
        """;

    [Fact]
    public void Write_OfABoundRecord_HasEverySettingAndDefault()
    {
        const string Expected = """
            {
              "name": "alpha", "flag": false, "count": 3, "total": 5000000000, "part": 0.5, "wait": "500ms", "size": "16KiB", "choice": "first-of-all", "numbers": [1, 2],
              "lengths": { "short": "1s", "long": "1h" }, "value": { "from": "$request.body#/x", "plain": null }, "target": "/orders?userId={userId}", "pointer": "/a~1b",
              "secret": "${secret:TOKEN}", "day": "2030-12-31T00:00:00+00:00", "anything": { "free": ["form", 1, null] },
              "parts": [
                { "length": "10s", "label": null, "inner": [] },
                { "length": "1m", "label": null, "inner": [{ "length": "2s", "label": null, "inner": [] }], "other": 4 }
              ],
              "inner": null, "later": null
            }
            """;
        Assert.Equal(JsonNode.Parse(Expected)!.ToJsonString(), ExtensionJson.Write(Bind(Given)).ToJsonString());
    }

    [Fact]
    public void Write_OfABoundRecord_BindsToTheSameAgain()
    {
        string written = ExtensionJson.Write(Bind(Given)).ToJsonString();
        Assert.Equal(written, ExtensionJson.Write(Bind(written)).ToJsonString());
    }

    private static SampleExtension Bind(string text)
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = new ExtensionBinder(new ExtensionRegistry().Add(SampleExtension.Definition))
            .Bind(Yaml.Object("x-gateway-sample:\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal)), ExtensionLocations.Operation, diagnostics);
        Assert.Empty(diagnostics.Items);
        return set.Get<SampleExtension>()!;
    }
}
