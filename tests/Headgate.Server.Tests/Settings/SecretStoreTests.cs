using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Settings;

public class SecretStoreTests
{
    [Fact]
    public void Secret_InEnvironmentAndFile_IsTheEnvironments()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("stripe-key", "from file\n");
        Assert.Equal("from file", new SecretStore(new Dictionary<string, string>(), directory.Path).Find("stripe-key"));
        Assert.Equal("from env", new SecretStore(new Dictionary<string, string> { ["HEADGATE_SECRET_STRIPE_KEY"] = "from env" }, directory.Path).Find("stripe-key"));
        Assert.Equal("exact", new SecretStore(new Dictionary<string, string> { ["HEADGATE_SECRET_stripe-key"] = "exact" }, directory.Path).Find("stripe-key"));
    }

    [Fact]
    public void Secret_Rotated_IsSeenAtTheNextLookUp()
    {
        using var directory = new TemporaryDirectory();
        var secrets = new SecretStore(new Dictionary<string, string>(), directory.Path);
        Assert.Null(secrets.Find("token"));
        directory.Write("token", "one");
        Assert.Equal("one", secrets.Find("token"));
        directory.Write("token", "two");
        Assert.Equal("two", secrets.Find("token"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("..")]
    [InlineData("/etc/hostname")]
    [InlineData("")]
    public void Secret_NameThatLeavesTheDirectory_IsNone(string name)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("outside", "never");
        Directory.CreateDirectory(directory.PathOf("secrets"));
        Assert.Null(new SecretStore(new Dictionary<string, string>(), directory.PathOf("secrets")).Find(name));
    }
}
