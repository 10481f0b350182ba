namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>Numbers are compared at their exact values, whatever their size and writing.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("""{ "maximum": 9007199254740992 }""", "9007199254740993", false)]
    [InlineData("""{ "maximum": 100 }""", "1e2", true)]
    [InlineData("""{ "maximum": 100 }""", "100.00000000000000000000000000001", false)]
    [InlineData("""{ "maximum": 100 }""", "1e999999999999999999999", false)]
    [InlineData("""{ "minimum": -1e-5 }""", "-0.00001", true)]
    [InlineData("""{ "exclusiveMinimum": -1e-5 }""", "-0.00001", false)]
    [InlineData("""{ "minimum": 0 }""", "-0.0", true)]
    [InlineData("""{ "multipleOf": 0.1 }""", "0.3", true)]
    [InlineData("""{ "multipleOf": 0.1 }""", "0.35", false)]
    [InlineData("""{ "multipleOf": 3 }""", "1e400", false)]
    [InlineData("""{ "multipleOf": 3 }""", "3e400", true)]
    [InlineData("""{ "multipleOf": 1e3 }""", "2500", false)]
    [InlineData("""{ "multipleOf": 1e3 }""", "25000", true)]
    [InlineData("""{ "multipleOf": 7 }""", "-21", true)]
    [InlineData("""{ "multipleOf": 7 }""", "123456789012345678901234567891", false)]
    [InlineData("""{ "const": 1 }""", "1.000", true)]
    [InlineData("""{ "const": 120 }""", "1.2E+2", true)]
    [InlineData("""{ "const": 0.12 }""", "0.1200000000000000000000001", false)]
    [InlineData("""{ "type": "integer" }""", "12e-1", false)]
    [InlineData("""{ "type": "integer" }""", "120e-1", true)]
    [InlineData("""{ "type": "integer" }""", "0e-9", true)]
    public void Number_IsTaken_AtItsExactValue(string schema, string value, bool isAllowed) => Assert.Equal(isAllowed, new TestSchema(schema).Allows(value));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0000000000000000001")]
    public void Step_ThatCannotBeComputed_IsFound(string step) =>
        Assert.Equal("HG1504", Assert.Single(new TestSchema($$"""{ "multipleOf": {{step}} }""").Diagnostics.Items).Code);
}
