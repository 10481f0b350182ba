using System.Diagnostics;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;

namespace Headgate.Server.Tests.Security;

/// <summary>Messages that are larger, deeper or slower to check than anybody means: each is refused, in little time, and nothing of it is told.</summary>
public sealed class MessageAttackTests : IAsyncLifetime
{
    private const string Secret = "correct-horse-battery-staple";

    private AttackedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await AttackedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task OversizedUrl_IsRefused() => await _gateway.AnswersAsync(414, $"GET /small?q={new string('x', 64)}", []);

    [Fact]
    public async Task OversizedHeaderFields_AreRefused()
    {
        await _gateway.AnswersAsync(431, "GET /small", [$"X-Long: {Secret}{new string('x', 2048)}"]);
        await _gateway.NothingToldAsync(Secret);
    }

    [Fact]
    public async Task OversizedBody_IsRefused_ByWhatItDeclares()
    {
        await _gateway.AnswersAsync(413, "POST /small", [], Secret + new string('x', 1024));
        await _gateway.NothingToldAsync(Secret);
    }

    // Kestrel itself ends these, before there is a request that could be explained.
    [Theory]
    [InlineData(414, 10_000, 0)]
    [InlineData(431, 0, 40_000)]
    public async Task OversizedHead_IsRefused_BeforeItIsARequest(int status, int target, int field)
    {
        string answer = await _gateway.SendAsync($"GET /public?{new string('x', target)}", [$"X-Long: {new string('x', field)}"]);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Requests);
    }

    [Fact]
    public async Task StreamedBody_IsEnded_OnceItIsLargerThanTheBound()
    {
        using RawConnection client = await RawConnection.ConnectAsync(_gateway.Gateway.Client.BaseAddress!);
        await client.SendAsync("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");

        // The body has no end: only the bound ends it.
        await client.SendAsync(string.Concat(Enumerable.Repeat($"400\r\n{new string(' ', 1024)}\r\n", 20)));
        Assert.StartsWith("HTTP/1.1 413 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Requests);
    }

    [Fact]
    public async Task TooManyParameters_AreRefused() => await _gateway.AnswersAsync(400, $"GET /search?{string.Join('&', Enumerable.Repeat("a", 1001))}", []);

    [Fact]
    public async Task TooManyCookies_AreRefused() => await _gateway.AnswersAsync(400, "GET /cookies", [$"Cookie: {string.Join("; ", Enumerable.Repeat("a=1", 1001))}"]);

    [Fact]
    public async Task TooManyHeaderFields_AreRefused_BeforeTheyAreARequest()
    {
        string answer = await _gateway.SendAsync("GET /public", [.. Enumerable.Range(0, 200).Select(i => $"X-{i}: 1")]);
        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(7_000)]
    public async Task DeepJson_OfABody_IsRefused(int depth)
    {
        string answer = await _gateway.AnswersAsync(400, "POST /body", ["Content-Type: application/json"], $$"""{"{{Secret}}":{{new string('[', depth)}}{{new string(']', depth)}}}""");
        Assert.Contains("64", answer, StringComparison.Ordinal);
        await _gateway.NothingToldAsync(Secret);
    }

    [Fact]
    public async Task DeepJson_OfAParameter_IsRefused() => await _gateway.AnswersAsync(400, $"GET /search?filter={Uri.EscapeDataString(new string('[', 100) + new string(']', 100))}", []);

    [Theory]
    [InlineData("linear", 5_000)]
    [InlineData("slow", 40)]
    public async Task PatternThatExplodes_OfAParameter_IsRefusedInTime(string parameter, int length) =>
        await InTimeAsync(() => _gateway.AnswersAsync(400, $"GET /search?{parameter}={new string('a', length)}!", []));

    [Theory]
    [InlineData("linear", 15_000)]
    [InlineData("slow", 40)]
    public async Task PatternThatExplodes_OfABody_IsRefusedInTime(string member, int length)
    {
        await InTimeAsync(() => _gateway.AnswersAsync(400, "POST /body", ["Content-Type: application/json"], $$"""{"{{member}}":"{{new string('a', length)}}!","password":"{{Secret}}"}"""));
        await _gateway.NothingToldAsync(Secret);
    }

    // Backtracking would take longer than anybody lives; the bound is for a busy machine.
    private static async Task InTimeAsync(Func<Task> attack)
    {
        long begin = Stopwatch.GetTimestamp();
        await attack();
        Assert.InRange(Stopwatch.GetElapsedTime(begin), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
