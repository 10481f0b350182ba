using System.Net;
using Headgate.Gateway.Telemetry.AccessLog;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Settings;

public class ServerOptionsBinderTests
{
    [Fact]
    public void Settings_AllAbsent_AreTheDefaults()
    {
        ServerOptions options = Bind([("documents", "api.yaml")], [], null, out _)!;
        Assert.Equal("http://127.0.0.1:8080", Assert.Single(options.Listen).ToString());
        Assert.Equal("http://127.0.0.1:8081", options.Admin.ToString());
        Assert.Equal(".headgate", options.DataDirectory);
        Assert.Equal(TimeSpan.FromSeconds(30), options.DrainTimeout);
        Assert.True(options.InlineScheduling);
        Assert.False(options.SecurityPassthrough);
        Assert.Equal(32 * 1024, options.Limits.RequestHeadersSize);
        Assert.Equal(AccessLogFormat.Off, options.AccessLog.Format);
    }

    [Fact]
    public void Setting_GivenByAllSources_IsTheFlags()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("headgate.json", """{ "documents": ["api.yaml"], "drain-timeout": "1s", "limits": { "connections": 7 }, "security": "passthrough" }""");
        var environment = new Dictionary<string, string> { ["HEADGATE__DRAIN_TIMEOUT"] = "2s", ["HEADGATE__LIMITS__CONNECTIONS"] = "8" };
        ServerOptions options = Bind([("drain-timeout", "3s")], environment, file, out List<SettingProblem> problems)!;
        Assert.Empty(problems);
        Assert.Equal(TimeSpan.FromSeconds(3), options.DrainTimeout);
        Assert.Equal(8, options.Limits.Connections);
        Assert.True(options.SecurityPassthrough);
    }

    [Theory]
    [InlineData("issuer", "api.example")]
    [InlineData("issuer", "https://api.example/gateway")]
    [InlineData("issuer", "https://user@api.example")]
    [InlineData("issuer", "ftp://api.example")]
    [InlineData("tokens.lifetime", "59s")]
    [InlineData("tokens.lifetime", "61m")]
    [InlineData("tokens.key-lifetime", "59m")]
    public void Setting_OfTokens_ThatCannotBe_IsRefused(string key, string value)
    {
        Assert.Null(Bind([("documents", "x"), (key, value)], [], null, out List<SettingProblem> problems));
        Assert.Contains(value, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meta")]
    [InlineData("/")]
    [InlineData("/meta/")]
    [InlineData("/a/../b")]
    [InlineData("/{api}")]
    [InlineData("/it's")]
    [InlineData("/a\nservers")]
    public void Path_OfPublishedDocuments_ThatIsNone_IsRefused(string value)
    {
        Assert.Null(Bind([("documents", "x"), ("publish.path", value)], [], null, out List<SettingProblem> problems));
        Assert.Contains("/meta", Assert.Single(problems).ToString(), StringComparison.Ordinal);
        Assert.Equal("/meta/v1", Bind([("documents", "x"), ("publish.path", "/meta/v1")], [], null, out _)!.ToPublishOptions().Path);
    }

    // Whoever writes the secret itself in place of its name must not find it in a log.
    [Fact]
    public void Secret_InPlaceOfItsName_IsRefusedWithoutBeingShown()
    {
        Assert.Null(Bind([("documents", "x"), ("tokens.key-secret", "correct-horse-battery-staple")], [], null, out List<SettingProblem> problems));
        Assert.DoesNotContain("correct-horse", Assert.Single(problems).ToString(), StringComparison.Ordinal);
        Assert.Equal("keys", Bind([("documents", "x"), ("tokens.key-secret", "${secret:keys}")], [], null, out _)!.TokenKeySecret!.Name);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("h2c://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("https://localhost:443", "https://localhost/")]
    [InlineData("http://*:8080", "http://localhost:8080/")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080/")]
    public void Listener_IsReachedByClientsOfThisMachine(string listen, string url)
    {
        Assert.True(ListenAddress.TryParse(listen, out ListenAddress? address, out _));
        Assert.Equal(url, address!.ToClientUri().ToString());
    }

    [Fact]
    public void Services_OfSeveralSources_AreJoinedByName()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("headgate.json", """{ "service": { "a": "http://file-a", "b": ["http://file-b1", "http://file-b2"] } }""");
        ServerOptions options = Bind([("documents", "x"), ("service", "a=http://flag-a:1")], [], file, out _)!;
        Assert.Equal("http://flag-a:1/", Assert.Single(options.Services["a"]).ToString());
        Assert.Equal(["http://file-b1/", "http://file-b2/"], options.Services["b"].Select(url => url.ToString()));
    }

    [Fact]
    public void List_InOneVariable_IsSplitAtWhiteSpace()
    {
        var environment = new Dictionary<string, string> { ["HEADGATE__LISTEN"] = "http://127.0.0.1:1  h2c://127.0.0.1:2" };
        ServerOptions options = Bind([("documents", "x")], environment, null, out _)!;
        Assert.Equal(["http://127.0.0.1:1", "h2c://127.0.0.1:2"], options.Listen.Select(address => address.ToString()));
    }

    [Fact]
    public void Mistakes_Several_AreAllReportedWithOriginValueReasonAndFix()
    {
        var environment = new Dictionary<string, string> { ["HEADGATE__DRAIN_TIMEOUT"] = "soon", ["HEADGATE__LISSEN"] = "http://127.0.0.1:1" };
        ServerOptions? options = Bind(
            [("listen", "ftp://x"), ("listen", "https://127.0.0.1:1"), ("service", "orders"), ("trusted-proxy", "nowhere"), ("limits.connections", "0"), ("tls-cert", "/no/such/file"), ("colour", "red")],
            environment,
            null,
            out List<SettingProblem> problems);
        Assert.Null(options);
        string[] lines = [.. problems.Select(problem => problem.ToString())];
        Assert.Contains("colour: 'red' cannot be used: there is no setting colour; remove it, or see docs/reference/settings.md for the names", lines);
        Assert.Contains("HEADGATE__LISSEN: 'http://127.0.0.1:1' cannot be used: there is no setting HEADGATE__LISSEN; did you mean HEADGATE__LISTEN?", lines);
        Assert.Contains("HEADGATE__DRAIN_TIMEOUT: 'soon' cannot be used: it is not a duration; write a number with ms, s, m or h, for example 30s", lines);
        Assert.Contains(lines, line => line.StartsWith("listen: 'ftp://x' cannot be used: it does not begin with http://", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("service: 'orders' cannot be used:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("trusted-proxy: 'nowhere' cannot be used: it is not a network", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("limits.connections: '0' cannot be used:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("tls-cert: '/no/such/file' cannot be used: there is no such file", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("documents:", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void SettingsFile_NotJson_IsOneProblemWithItsLine()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("headgate.json", "{\n \"listen\": oops }");
        Assert.Null(Bind([("documents", "x")], [], file, out List<SettingProblem> problems));
        Assert.Equal($"{file}: 'line 2' cannot be used: it is not JSON; mend the file", Assert.Single(problems).ToString());
    }

    [Theory]
    [InlineData("json:/tmp/a:b.log", AccessLogFormat.Json, "/tmp/a:b.log")]
    [InlineData("text", AccessLogFormat.Text, null)]
    [InlineData("off", AccessLogFormat.Off, null)]
    public void AccessLog_Form_IsFormatAndPath(string text, AccessLogFormat format, string? path)
    {
        ServerOptions options = Bind([("documents", "x"), ("access-log", text)], [], null, out _)!;
        Assert.Equal((format, path), (options.AccessLog.Format, options.AccessLog.Path));
    }

    [Theory]
    [InlineData("json:")]
    [InlineData("xml")]
    [InlineData("off:/tmp/x")]
    public void AccessLog_OtherForm_IsRefused(string text)
    {
        Assert.Null(Bind([("documents", "x"), ("access-log", text)], [], null, out List<SettingProblem> problems));
        Assert.Equal("access-log", Assert.Single(problems).Origin);
    }

    [Fact]
    public void TrustedProxy_Address_IsANetworkOfOne()
    {
        ServerOptions options = Bind([("documents", "x"), ("trusted-proxy", "10.1.2.3"), ("trusted-proxy", "10.2.0.0/16")], [], null, out _)!;
        Assert.Equal([IPNetwork.Parse("10.1.2.3/32"), IPNetwork.Parse("10.2.0.0/16")], options.TrustedProxies);
    }

    private static ServerOptions? Bind((string Key, string Text)[] flags, Dictionary<string, string> environment, string? file, out List<SettingProblem> problems)
    {
        problems = [];
        SettingValues values = SettingSources.Read(flags.Select(flag => (flag.Key, new SettingText(flag.Text, flag.Key))), environment, file, problems);
        return new ServerOptionsBinder(values, problems).Bind();
    }
}
