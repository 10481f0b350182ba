using System.Text;
using Headgate.OpenApi.Schemas;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>What a validation costs: nothing on the heap for valid values, and never more than the limits say.</summary>
public class SchemaCostTests
{
    private const string Everything =
        """
        {
          "type": "object", "required": ["id"], "unevaluatedProperties": false,
          "properties": {
            "id": { "type": "string", "format": "uuid" },
            "at": { "type": "string", "format": "date-time" },
            "mail": { "type": "string", "format": "email" },
            "link": { "type": "string", "format": "uri" },
            "name": { "type": "string", "pattern": "^(\\w+ )*\\w+$", "maxLength": 10 },
            "code": { "type": "string", "pattern": "^[A-Z]{3}$" },
            "price": { "type": "number", "multipleOf": 0.01, "exclusiveMinimum": 0 },
            "big": { "type": "integer", "maximum": 1e30 },
            "kind": { "enum": ["a", "b", { "c": [1.50] }] },
            "tags": { "type": "array", "uniqueItems": true, "contains": { "const": "x" }, "items": { "type": "string" } },
            "of": { "oneOf": [ { "type": "string" }, { "type": "object", "properties": { "next": { "$ref": "#" } } } ] }
          },
          "if": { "required": ["code"] }, "then": { "required": ["price"] },
          "dependentSchemas": { "tags": { "required": ["kind"] } },
          "patternProperties": { "^x-": true },
          "allOf": [ { "properties": { "extra": { "type": "boolean" } } } ]
        }
        """;

    private const string Value =
        """
        { "id": "0190b6a5-7f3a-7c3e-8a55-0a8d3f0d7a11", "at": "2026-03-01T12:30:00.5+01:00", "mail": "ann@example.org", "link": "https://example.org/a?b#c",
          "name": "Z\u0075rich B", "code": "ABC", "price": 12.50, "big": 123456789012345678901234567890, "kind": { "c": [1.5] },
          "tags": ["x", "y", "1", "2", "3", "4", "5", "6", "7", "8"], "x-note": null, "extra": true,
          "of": { "next": { "id": "0190b6a5-7f3a-7c3e-8a55-0a8d3f0d7a11" } } }
        """;

    [Fact]
    public void ValidValue_InTheSteadyState_AllocatesNothing()
    {
        var schema = new TestSchema(Everything, new SchemaOptions { AssertFormats = true });
        byte[] value = Encoding.UTF8.GetBytes(Value);
        for (int i = 0; i < 2000; i++)
            Assert.True(schema.Allows(value), string.Join("; ", schema.Session.Violations));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            schema.Allows(value);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void RecursiveSchema_OfADeepValue_FitsASmallStack()
    {
        var schema = new TestSchema("""{ "allOf": [ { "anyOf": [ { "$ref": "#/$defs/node" } ] } ], "$defs": { "node": { "properties": { "a": { "$ref": "#" } }, "additionalProperties": false } } }""", Deep(200));
        string value = string.Concat(Enumerable.Repeat("{\"a\":", 199)) + "{}" + new string('}', 199);
        bool? isValid = null;
        var thread = new Thread(() => isValid = schema.Allows(value), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(isValid);
    }

    [Fact]
    public void DynamicReference_ThatLeadsToItself_IsEnded()
    {
        var schema = new TestSchema("""{ "$dynamicAnchor": "a", "$dynamicRef": "#a" }""");
        bool? isValid = null;
        var thread = new Thread(() => isValid = schema.Allows("1"), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.False(isValid);
        Assert.Equal("limit", Assert.Single(schema.Session.Violations).Keyword);
    }

    // Each level doubles the work: without a bound this would take 2^60 steps.
    [Fact]
    public void Alternatives_InsideEachOther_AreEndedByTheLimitOfSteps()
    {
        var schema = new TestSchema(
            """
            { "$defs": { "n": { "type": "object", "anyOf": [
              { "properties": { "a": { "$ref": "#/$defs/n" } }, "required": ["x"] },
              { "properties": { "a": { "$ref": "#/$defs/n" } }, "required": ["y"] } ] } }, "$ref": "#/$defs/n" }
            """,
            new SchemaOptions { Limits = new SchemaLimits { MaxSteps = 100_000 } });

        Assert.False(schema.Allows(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "{}" + new string('}', 60)));
        Assert.Equal("limit", Assert.Single(schema.Session.Violations).Keyword);
    }

    [Fact]
    public void UniqueItems_OfLargeEqualObjects_AreEndedByTheLimitOfSteps()
    {
        var schema = new TestSchema("""{ "uniqueItems": true }""", new SchemaOptions { Limits = new SchemaLimits { MaxSteps = 100_000 } });
        IEnumerable<string> members = Enumerable.Range(0, 5000).Select(i => $"\"m{i}\":{i}");

        Assert.False(schema.Allows($"[{{{string.Join(',', members)}}},{{{string.Join(',', members.Reverse())}}}]"));
        Assert.Equal("limit", Assert.Single(schema.Session.Violations).Keyword);
    }

    // Catastrophic for an engine that backtracks.
    [Fact]
    public void Pattern_OfNestedRepetition_TakesLinearTime()
    {
        var schema = new TestSchema("""{ "pattern": "^(a+)+$" }""");

        Assert.False(schema.Allows($"\"{new string('a', 100_000)}!\""));
        Assert.Empty(schema.Diagnostics.Items);
    }

    [Fact]
    public void Pattern_ThatBacktracks_IsSaidAtLoad_AndRunsWithATimeLimit()
    {
        var schema = new TestSchema("""{ "pattern": "^(?=(a+)+$).*$" }""");

        Assert.Equal("HG1502", Assert.Single(schema.Diagnostics.Items).Code);
        string detail = schema.Violations($"\"{new string('a', 40)}!\"")[0];
        Assert.Contains("takes too long", detail, StringComparison.Ordinal);
    }

    // Where nobody waited for the match, neither answer would be the right one: not even the one that a "not" or a name's pattern turns round.
    [Theory]
    [InlineData("""{ "not": { "pattern": "^(?=(a+)+$).*$" } }""", "\"VALUE\"")]
    [InlineData("""{ "if": { "pattern": "^(?=(a+)+$).*$" }, "then": false }""", "\"VALUE\"")]
    [InlineData("""{ "patternProperties": { "^(?=(a+)+$).*$": false } }""", """{"VALUE":1}""")]
    [InlineData("""{ "contains": { "pattern": "^(?=(a+)+$).*$" }, "minContains": 0 }""", """["VALUE"]""")]
    public void Pattern_ThatTakesTooLong_IsNoVerdict(string schema, string value)
    {
        string[] found = new TestSchema(schema).Violations(value.Replace("VALUE", new string('a', 40) + "!", StringComparison.Ordinal));

        Assert.Contains("takes too long", Assert.Single(found), StringComparison.Ordinal);
    }

    // Each item alone stays below the time of one text, or ends it; without a time for all of them this would take minutes.
    [Theory]
    [InlineData(40)]
    [InlineData(22)]
    public void Patterns_OfManyItems_HaveATimeTogether(int length)
    {
        var schema = new TestSchema("""{ "contains": { "pattern": "^(?=(a+)+$).*$" } }""");
        string item = $"\"{new string('a', length)}!\"";

        Assert.Contains("takes too long", Assert.Single(schema.Violations($"[{string.Join(',', Enumerable.Repeat(item, 20_000))}]")), StringComparison.Ordinal);
    }

    [Fact]
    public void SmallValue_BuysFewSteps()
    {
        var schema = new TestSchema(
            """
            { "$defs": { "n": { "type": "object", "anyOf": [
              { "properties": { "a": { "$ref": "#/$defs/n" } }, "required": ["x"] },
              { "properties": { "a": { "$ref": "#/$defs/n" } }, "required": ["y"] } ] } }, "$ref": "#/$defs/n" }
            """,
            new SchemaOptions { Limits = new SchemaLimits { MaxSteps = long.MaxValue } });

        Assert.Contains("more steps", Assert.Single(schema.Violations(string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "{}" + new string('}', 60))), StringComparison.Ordinal);
    }

    private static SchemaOptions Deep(int depth) =>
        new() { Limits = new SchemaLimits { Json = new Headgate.OpenApi.Schemas.Instances.JsonLimits { MaxDepth = depth } } };
}
