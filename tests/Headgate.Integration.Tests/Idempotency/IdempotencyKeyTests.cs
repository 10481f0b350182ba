using Headgate.Integration.Idempotency;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Tests.Idempotency;

public class IdempotencyKeyTests
{
    [Theory]
    [InlineData("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324")]
    [InlineData("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "8e03978e-40d5-43dd-bc93-6894a57f9324")]
    [InlineData("\"a \\\"b\\\" \\\\c\"", "a \"b\" \\c")]
    [InlineData("a b", "a b")]
    public void Field_WithOneKey_IsThatKey_QuotedOrBare(string field, string key) => Assert.Equal(key, IdempotencyKey.Read(field));

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"")]
    [InlineData("\"open")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\\"")]
    [InlineData("\"a\\n\"")]
    [InlineData("\" a\"")]
    [InlineData("a\tb")]
    [InlineData("schlüssel")]
    public void Field_ThatIsNoKey_IsRefused(string field) => Assert.Null(IdempotencyKey.Read(field));

    [Fact]
    public void Field_ThatIsSentTwice_OrTooLong_IsRefused()
    {
        Assert.Null(IdempotencyKey.Read(new StringValues(["a", "b"])));
        Assert.NotNull(IdempotencyKey.Read(new string('k', IdempotencyKey.MostLength)));
        Assert.Null(IdempotencyKey.Read(new string('k', IdempotencyKey.MostLength + 1)));
    }
}
