using Headgate.OpenApi.Schemas;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>What an invalid value is told: all of it, where, and by which keyword.</summary>
public class ViolationTests
{
    private const string Order =
        """
        {
          "type": "object",
          "required": ["userId", "items"],
          "additionalProperties": false,
          "properties": {
            "userId": { "type": "string", "minLength": 3 },
            "items": { "type": "array", "minItems": 1, "items": {
              "type": "object", "required": ["sku"],
              "properties": { "sku": { "type": "string", "pattern": "^[A-Z]{3}$" }, "quantity": { "type": "integer", "minimum": 1 } } } },
            "a/b~c": { "enum": ["x", 1] }
          }
        }
        """;

    [Fact]
    public void Violations_OfOneValue_AreAllTold()
    {
        var schema = new TestSchema(Order);

        string[] violations = schema.Violations("""{ "userId": "ab", "items": [ { "sku": "ABC", "quantity": 0 }, { "quantity": "2" } ], "a/b~c": 2, "more": 1 }""");

        Assert.Equal(
        [
            "/userId minLength: must have at least 3 characters, has 2",
            "/items/0/quantity minimum: must be at least 1",
            "/items/1/quantity type: must be integer, is string",
            "/items/1/sku required: is required",
            "/a~1b~0c enum: must be one of \"x\", 1",
            "/more additionalProperties: is not a known member",
        ],
        violations);
    }

    [Fact]
    public void Violations_BeyondTheLimit_AreLeftOut()
    {
        var schema = new TestSchema("""{ "items": { "type": "string" } }""", new SchemaOptions { Limits = new SchemaLimits { MaxViolations = 3 } });

        string[] violations = schema.Violations("[1,2,3,4,5,6]");

        Assert.Equal(["/0 type: must be string, is number", "/1 type: must be string, is number", "/2 type: must be string, is number"], violations);
    }

    [Fact]
    public void Session_AfterAnInvalidValue_TakesAValidOne()
    {
        var schema = new TestSchema(Order);

        Assert.False(schema.Allows("{}"));
        Assert.True(schema.Allows("""{ "userId": "abc", "items": [ { "sku": "ABC" } ] }"""));
        Assert.Empty(schema.Session.Violations);
    }

    [Theory]
    [InlineData("""{ "anyOf": [ { "type": "null" }, { "type": "object", "required": ["a"] } ] }""", "{}", "/a required: is required")]
    [InlineData("""{ "oneOf": [ { "type": "string" }, { "type": "array" } ] }""", "1", " oneOf: must match exactly one of 2 schemas, matches none")]
    [InlineData("""{ "oneOf": [ { "minLength": 1 }, { "maxLength": 5 } ] }""", "\"abc\"", " oneOf: must match exactly one of 2 schemas, matches several")]
    [InlineData("""{ "not": { "type": "string" } }""", "\"\"", " not: must not match the schema under not")]
    [InlineData("""{ "uniqueItems": true }""", "[1, 2, 1.0]", "/2 uniqueItems: must not repeat the item /0")]
    [InlineData("""{ "contains": { "const": 1 } }""", "[2]", " contains: must have an item that matches")]
    [InlineData("""{ "contains": {}, "maxContains": 1 }""", "[2, 3]", " maxContains: must have at most 1 items that match, has 2")]
    [InlineData("""{ "dependentRequired": { "a": ["b"] } }""", """{ "a": 1 }""", "/b dependentRequired: is required beside a")]
    [InlineData("""{ "propertyNames": { "maxLength": 2 } }""", """{ "abc": 1 }""", "/abc maxLength: must have at most 2 characters, has 3")]
    [InlineData("""{ "unevaluatedProperties": false, "properties": { "a": true } }""", """{ "a": 1, "b": 2 }""", "/b unevaluatedProperties: is not a known member")]
    [InlineData("""{ "prefixItems": [true], "items": false }""", "[1, 2]", "/1 items: is not an allowed item")]
    [InlineData("""{ "multipleOf": 0.01 }""", "0.001", " multipleOf: must be a multiple of 0.01")]
    [InlineData("false", "1", " false: is not allowed")]
    public void Violation_OfAKeyword_IsTold(string schema, string value, string expected) =>
        Assert.Equal([expected], new TestSchema(schema).Violations(value));
}
