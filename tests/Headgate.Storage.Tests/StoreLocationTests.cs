using Headgate.Storage.PostgreSql;
using Npgsql;

namespace Headgate.Storage.Tests;

public class StoreLocationTests
{
    [Theory]
    [InlineData("postgres://app:s3cret@db.example:6543/gate?sslmode=verify-full", "postgres://app@db.example:6543/gate")]
    [InlineData("postgresql://app@db/gate", "postgres://app@db:5432/gate")]
    [InlineData("postgres://app:p%40ss%2Fs3cret@[::1]/gate", "postgres://app@[::1]:5432/gate")]
    [InlineData("postgres://us%3Aer:s3cret@db/my%20gate", "postgres://us%3Aer@db:5432/my%20gate")]
    public void Url_Read_IsShownWithoutItsPassword(string text, string shown)
    {
        Assert.True(StoreLocation.TryParse(text, out StoreLocation? location, out _));
        Assert.Equal((StoreEngine.PostgreSql, shown, (string?)null), (location.Engine, location.ToString(), location.Path));
    }

    [Fact]
    public void Url_WithEverything_IsWhatTheDriverIsTold()
    {
        Assert.True(StoreLocation.TryParse("postgres://us%3Aer:p%40ss%2Fword;x='@[::1]:6543/my%20gate?sslmode=verify-ca&sslrootcert=/etc/ca.pem&sslcert=c&sslkey=k&application_name=a%20b", out StoreLocation? location, out _));
        var told = new NpgsqlConnectionStringBuilder(PostgreSqlSettings.Complete(location.Url!, new StoreOptions()));
        Assert.Equal(("::1", 6543, "us:er", "p@ss/word;x='", "my gate"), (told.Host, told.Port, told.Username, told.Password, told.Database));
        Assert.Equal((SslMode.VerifyCA, "/etc/ca.pem", "c", "k", "a b"), (told.SslMode, told.RootCertificate, told.SslCertificate, told.SslKey, told.ApplicationName));
        Assert.Contains("synchronous_commit=on", told.Options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it names no file")]
    [InlineData("mysql://app:s3cret@db/gate", "it is neither a file nor a postgres:// URL")]
    [InlineData("postgres://app:s3cret@/gate", "it is not postgres://")]
    [InlineData("postgres://app:s3c/ret@db/gate", "it is not postgres://")]
    [InlineData("postgres://db/gate", "it names no user")]
    [InlineData("postgres://app:s3cret@db", "it does not name one database")]
    [InlineData("postgres://app:s3cret@db/a/b", "it does not name one database")]
    [InlineData("postgres://app:s3cret@db/gate?sslmode=maybe", "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("postgres://app:s3cret@db/gate?ssl=on", "it has no option ssl")]
    public void Text_ThatIsNoLocation_IsRefusedWithoutItsPassword(string text, string reason)
    {
        Assert.False(StoreLocation.TryParse(text, out _, out string given));
        Assert.StartsWith(reason, given, StringComparison.Ordinal);
        Assert.DoesNotContain("s3c", given, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_Relative_IsMadeAbsolute()
    {
        Assert.True(StoreLocation.TryParse("state/gate.db", out StoreLocation? location, out _));
        Assert.Equal((StoreEngine.Sqlite, Path.GetFullPath("state/gate.db")), (location.Engine, location.Path));
    }
}
