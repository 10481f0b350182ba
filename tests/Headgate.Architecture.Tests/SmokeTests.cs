namespace Headgate.Architecture.Tests;

public class SmokeTests
{
    [Fact]
    public void Arithmetic_Adds_Up() => Assert.Equal(4, int.Parse("2", System.Globalization.CultureInfo.InvariantCulture) * 2);
}
