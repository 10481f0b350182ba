using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class SecretReferenceTests
{
    [Fact]
    public void TryParse_Reference_GivesItsName()
    {
        Assert.True(SecretReference.TryParse("${secret:PAYMENT_KEY}", out SecretReference? reference));
        Assert.Equal("PAYMENT_KEY", reference!.Name);
        Assert.Equal("${secret:PAYMENT_KEY}", reference.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hunter2")]
    [InlineData("${secret:}")]
    [InlineData("${secret:A B}")]
    [InlineData("${secret:../../etc/passwd}")]
    [InlineData("x${secret:A}")]
    [InlineData("${secret:A")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(SecretReference.TryParse(text, out _));
}
