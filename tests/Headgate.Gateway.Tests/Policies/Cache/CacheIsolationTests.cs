using System.Globalization;
using Headgate.Gateway.Policies.Cache;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>Tries to get one caller's answer as another, and to have everybody given an answer that one client made.</summary>
public class CacheIsolationTests
{
    private static readonly (string, string) s_fresh = ("Cache-Control", "max-age=60");

    public static TheoryData<string, string, string, string> OtherCallers() => new()
    {
        { TestCallers.User, "ada", TestCallers.User, "bob" },
        { TestCallers.User, "ada", TestCallers.ApiKey, "ada" },
        { TestCallers.Tenant, "acme", TestCallers.Tenant, "other" },
        { TestCallers.Tenant, "acme", TestCallers.User, "acme" },
        { TestCallers.User, "ada", "Nothing", "at all" },
        { "Nothing", "at all", TestCallers.Tenant, "acme" },
        { "Authorization", "Basic YTpi", "Authorization", "Basic YjpC" },
        { "Authorization", "Basic YTpi", "Nothing", "at all" },
        { "Cookie", "session=1", "Cookie", "session=2" },
        { "Cookie", "session=1", "Nothing", "at all" },
        { TestCallers.User, "ad", TestCallers.User, "ada" },
    };

    [Theory]
    [MemberData(nameof(OtherCallers))]
    public async Task Answer_OfOneCaller_IsNeverAnothers(string name, string value, string otherName, string otherValue)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (name, value)));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", (otherName, otherValue)));
    }

    [Theory]
    [InlineData("public, max-age=60", "true")]
    [InlineData("s-maxage=60", "true")]
    [InlineData("max-age=60", "{ shared: true }")]
    public async Task Answer_ThatIsExplicitlyShared_IsForAllOfTheTenant_AndNoOther(string cacheControl, string cache)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(("Cache-Control", cacheControl)), cache);

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (TestCallers.User, "ada"), (TestCallers.Tenant, "acme")));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", (TestCallers.User, "bob"), (TestCallers.Tenant, "acme")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", (TestCallers.User, "ada"), (TestCallers.Tenant, "other")));
    }

    [Fact]
    public async Task Answer_OfACaller_IsTheirsAgain()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        await gateway.GetAsync("/a", (TestCallers.User, "ada"));

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (TestCallers.User, "ada")));
    }

    [Theory]
    [InlineData("X-Original-URL", "/admin")]
    [InlineData("X-Rewrite-URL", "/admin")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "evil")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("Forwarded", "host=evil.example")]
    [InlineData("Host", "evil.example")]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("If-None-Match", "\"evil\"")]
    [InlineData("If-Modified-Since", "Fri, 02 Jan 2099 00:00:00 GMT")]
    public async Task Client_CannotMakeAnAnswerForOthers_WithAField(string name, string value)
    {
        // An upstream as careless as can be: it says all that it was sent, heeds every condition, and declares it fit for all.
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            IHeaderDictionary sent = context.Request.Headers;
            context.Response.Headers.CacheControl = "public, max-age=60";
            context.Response.StatusCode = sent.Range.Count > 0 ? 206 : sent.IfNoneMatch.Count + sent.IfModifiedSince.Count > 0 ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync(string.Join(' ', sent.Select(field => $"{field.Key}={field.Value}")));
        });

        (await gateway.SendAsync("GET /a", (name, value))).Dispose();
        using HttpResponseMessage other = await gateway.SendAsync("GET /a");

        Assert.Equal(200, (int)other.StatusCode);
        Assert.DoesNotContain("evil", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(value, await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrustedProxy_ThatNamesAnotherHost_HasAnotherAnswer()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh), trusts: true);

        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("X-Forwarded-Host", "one.example")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", ("X-Forwarded-Host", "two.example")));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("X-Forwarded-Host", "one.example"), ("X-Forwarded-For", "192.0.2.1")));
    }

    [Fact]
    public async Task TrustedProxy_ThatPassesAnotherHostInForwarded_HasAnotherAnswer()
    {
        // Many proxies write X-Forwarded-* and let a client's Forwarded through: what an upstream makes of its host must not become everybody's.
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh), trusts: true);

        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("Forwarded", "for=192.0.2.1;host=one.example;proto=https")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", ("Forwarded", "for=192.0.2.1;host=two.example;proto=https")));
        Assert.Equal("answer 3", await gateway.GetAsync("/a", ("Forwarded", "for=192.0.2.1")));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("Forwarded", "For=\"[2001:db8::1]:80\"; Host=one.example; proto=https;by=_x")));
    }

    [Theory]
    [InlineData(TestCallers.ApiKey, "app")]
    [InlineData(TestCallers.User, "app")]
    public async Task Authorization_BesideWhatWasVerified_IsNotOneCallersAlone(string name, string value)
    {
        // RFC 9111 §3.5. The key says which application calls; of whom it speaks, the upstream learns from a token that nobody looked at here.
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (name, value), ("Authorization", "Bearer ada")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", (name, value), ("Authorization", "Bearer bob")));
    }

    [Theory]
    [InlineData("/a/1?x=1&y=2", "/a/1?y=2&x=1")]
    [InlineData("/a/1?x=1;y=2", "/a/1?x=1&y=2")]
    [InlineData("/a/1?x=1", "/a/1?X=1")]
    [InlineData("/a/1?x=1", "/a/1?x=1&")]
    [InlineData("/a/1?x=1", "/a/1?x=%31")]
    [InlineData("/a/1", "/a/1?")]
    [InlineData("/a/1;a", "/a/1")]
    [InlineData("/a/b", "/a/B")]
    [InlineData("/a/b.", "/a/b")]
    [InlineData("/a/b%2Fc", "/a/b%252Fc")]
    [InlineData("/a/1?utm=a#b", "/a/1?utm=a")]
    public async Task Targets_ThatTheUpstreamSeesDifferently_AreDifferentKeys(string one, string other)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            context.Response.Headers.CacheControl = "max-age=60";
            return context.Response.WriteAsync(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        });

        string first = await RawGetAsync(gateway, one);
        string second = await RawGetAsync(gateway, other);

        Assert.True(first != second || one.Contains('#', StringComparison.Ordinal), $"{one} and {other} were both answered with {first}.");
    }

    [Theory]
    [InlineData("/a/%62", "/a/b")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/x/../a/b", "/a/b")]
    public async Task Targets_ThatTheUpstreamSeesAlike_AreOneKey(string one, string other)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        Assert.Equal(await RawGetAsync(gateway, one), await RawGetAsync(gateway, other));
        Assert.Equal(1, gateway.Calls);
    }

    [Fact]
    public async Task BodyOfGet_TakesNoPartInTheKey_AndSoIsNotCached()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(async context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"[{await reader.ReadToEndAsync()}]");
        });
        using var fat = new HttpRequestMessage(HttpMethod.Get, "/a") { Content = new StringContent("evil") };

        using HttpResponseMessage answer = await gateway.Gateway.Client.SendAsync(fat, TestContext.Current.CancellationToken);
        Assert.Equal("[evil]", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("[]", await gateway.GetAsync("/a"));
    }

    [Theory]
    [InlineData("Set-Cookie", "session=1")]
    [InlineData("Vary", "*")]
    [InlineData("Vary", "Accept, *")]
    [InlineData("Vary", "X-Forwarded-For")]
    [InlineData("Vary", "X-Request-ID")]
    [InlineData("Cache-Control", "private")]
    [InlineData("Cache-Control", "no-store")]
    public async Task AnswerThatIsForOne_IsGivenToNoOther(string name, string value)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh, (name, value)));

        await gateway.GetAsync("/a");

        Assert.Equal("answer 2", await gateway.GetAsync("/a"));
    }

    [Fact]
    public async Task AnswerThatIsNoLongerForAll_IsGivenToNoOther()
    {
        int calls = 0;
        await using CachedGateway gateway = await CachedGateway.StartAsync(context =>
        {
            bool isFirst = Interlocked.Increment(ref calls) == 1;
            context.Response.Headers.CacheControl = isFirst ? "public, max-age=1" : "max-age=60";
            context.Response.Headers.ETag = "\"1\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch.Count > 0 ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync($"answer {calls}");
        });
        await gateway.GetAsync("/a", (TestCallers.User, "ada"));
        gateway.Time.Advance(TimeSpan.FromSeconds(2));

        // The 304 says what holds from now on, and that is no longer that all may have it.
        Assert.Equal("answer 1", await gateway.GetAsync("/a", (TestCallers.User, "ada")));

        Assert.Equal("answer 3", await gateway.GetAsync("/a", (TestCallers.User, "bob")));
    }

    [Theory]
    [InlineData(TestCallers.User)]
    [InlineData(TestCallers.ApiKey)]
    public async Task CookieBesideAVerifiedCaller_IsPartOfTheirKey(string caller)
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh));

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (caller, "app"), ("Cookie", "session=ada")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", (caller, "app"), ("Cookie", "session=bob")));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", (caller, "app"), ("Cookie", "session=ada")));
    }

    [Fact]
    public async Task VaryUser_IsWhoCalls_NotWhatTheClientSays()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh, ("Vary", "X-User-ID")), "{ shared: true }");

        Assert.Equal("answer 1", await gateway.GetAsync("/a", (TestCallers.User, "ada")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", (TestCallers.User, "bob"), ("X-User-ID", "ada")));
    }

    [Fact]
    public async Task VaryBy_OfTheDocument_IsPartOfTheKey()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh), "{ varyBy: [X-Plan] }");

        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("X-Plan", "gold")));
        Assert.Equal("answer 2", await gateway.GetAsync("/a", ("X-Plan", "free")));
        Assert.Equal("answer 3", await gateway.GetAsync("/a"));
        Assert.Equal("answer 1", await gateway.GetAsync("/a", ("X-Plan", " gold ")));
    }

    [Fact]
    public async Task Variants_WithoutEnd_AreBounded()
    {
        await using CachedGateway gateway = await CachedGateway.StartAsync(CachedGateway.Counting(s_fresh, ("Vary", "X-Any")));

        for (int i = 0; i < 500; i++)
            await gateway.GetAsync("/a", ("X-Any", i.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(Headgate.Gateway.Policies.Cache.Memory.CacheResource.MostVariants, gateway.Store.Count);
        Assert.StartsWith("headgate; hit", await gateway.StatusAsync("/a", ("X-Any", "499")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoredFields_CannotSplitAnAnswer()
    {
        // A bare LF, a CR and a folded line in fields: the transport refuses them, so they never reach the table.
        foreach (string field in (string[])["X-A: a\nSet-Cookie: evil=1\r\n", "X-A: a\rSet-Cookie: evil=1\r\n", "X-A: a\r\n Set-Cookie: evil=1\r\n"])
        {
            await using var upstream = new RawServer(async connection =>
            {
                while (await connection.ReadHeadAsync() is not null)
                    await connection.SendAsync($"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n{field}Content-Length: 1\r\n\r\nx");
            });
            await using TestGateway gateway = await TestGateway.StartAsync(
                "{ openapi: 3.1.0, info: { title: t, version: v }, x-gateway-config: { cache: true }, paths: { /a: { get: { operationId: a, responses: { '200': { description: ok } } } } } }",
                new() { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } });

            using HttpResponseMessage answer = await gateway.Client.GetAsync("/a", TestContext.Current.CancellationToken);

            Assert.Equal(System.Net.HttpStatusCode.BadGateway, answer.StatusCode);
            Assert.Empty(new CacheContents(gateway.States, NullLogger.Instance).Read(10));
        }
    }

    private static async Task<string> RawGetAsync(CachedGateway gateway, string target)
    {
        using RawConnection connection = await RawConnection.ConnectAsync(gateway.Gateway.Url);
        await connection.SendAsync($"GET {target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        (string text, _) = await connection.ReadToEndAsync();
        return text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }
}
