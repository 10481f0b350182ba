using System.Text.Json;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>Requests with an <c>Idempotency-Key</c> happen once.</summary>
public class IdempotencyTests
{
    [Fact]
    public async Task FiftyEqualRequestsAtOnce_ReachTheServiceOnce_AndLaterOnesHaveItsAnswer()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Gate = new TaskCompletionSource();

        Task<ShownAnswer>[] all = [.. Enumerable.Range(0, 50).Select(_ => gateway.PostAsync("/orders", "k1"))];
        await Until.TrueAsync(() => all.Count(request => request.IsCompleted) == 49, "all but one are answered");
        gateway.Service.Gate.SetResult();
        ShownAnswer[] answers = await Task.WhenAll(all);
        ShownAnswer later = await gateway.PostAsync("/orders", "\"k1\"");

        Assert.Equal(new ShownAnswer(201, """{"order":1}""", false, "/orders/1"), Assert.Single(answers, answer => answer.Status == 201));
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Equal((409, "CONFLICT"), (answer.Status, CodeOf(answer))));
        Assert.Equal(new ShownAnswer(201, """{"order":1}""", true, "/orders/1"), later);
        Assert.Equal("k1", Assert.Single(gateway.Service.Keys));
    }

    [Theory]
    [InlineData("/orders", null, 201)]
    [InlineData("/payments", null, 400)]
    [InlineData("/payments", "a\tb", 400)]
    [InlineData("/search", "k", 201)]
    public async Task Key_IsNeededOrHeeded_WhereTheDocumentSaysSo(string path, string? key, int status)
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();

        ShownAnswer first = await gateway.PostAsync(path, key);
        ShownAnswer second = await gateway.PostAsync(path, key);

        Assert.Equal((status, status, false), (first.Status, second.Status, second.IsReplayed));
        Assert.Equal(status == 201 ? 2 : 0, gateway.Service.Calls);
    }

    [Fact]
    public async Task Key_OfACallerWhomTheServiceAloneKnows_IsNobodyElses()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();

        ShownAnswer ada = await gateway.PostAsync("/orders", "k", "{}", ("Authorization", "Bearer ada"));
        ShownAnswer bob = await gateway.PostAsync("/orders", "k", "{}", ("Authorization", "Bearer bob"));
        ShownAnswer again = await gateway.PostAsync("/orders", "k", "{}", ("Authorization", "Bearer ada"));

        Assert.Equal((false, false, true), (ada.IsReplayed, bob.IsReplayed, again.IsReplayed));
        Assert.Equal((ada.Body, 2), (again.Body, gateway.Service.Calls));
    }

    [Theory]
    [InlineData("header", "X-Partner", "ada", "bob")]
    [InlineData("cookie", "Cookie", "seen=1; sid=ada", "sid=bob; seen=1")]
    public async Task Key_OfACallerWhomASchemeOfTheServiceKnows_IsNobodyElses(string place, string field, string ada, string bob)
    {
        string name = place == "cookie" ? "sid" : field;
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync(
            further: $"components: {{ securitySchemes: {{ partner: {{ type: apiKey, in: {place}, name: {name} }} }} }}\nsecurity: [{{ partner: [] }}]\n", settings: "security=passthrough");

        ShownAnswer first = await gateway.PostAsync("/orders", "k", "{}", (field, ada));
        ShownAnswer other = await gateway.PostAsync("/orders", "k", "{}", (field, bob));
        ShownAnswer again = await gateway.PostAsync("/orders", "k", "{}", (field, ada.Replace("seen=1", "seen=2", StringComparison.Ordinal)));

        Assert.Equal((201, false, false, true), (first.Status, first.IsReplayed, other.IsReplayed, again.IsReplayed));
        Assert.Equal((first.Body, 2), (again.Body, gateway.Service.Calls));
    }

    [Theory]
    [InlineData("/orders", """{"a":2}""", 422)]
    [InlineData("/orders?dry=1", """{"a":1}""", 422)]
    [InlineData("/payments", """{"a":1}""", 201)]
    public async Task Key_OfAnotherRequest_IsRefused_AndOfAnotherOperationIsAnother(string path, string body, int status)
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        await gateway.PostAsync("/orders", "k", """{"a":1}""");

        ShownAnswer answer = await gateway.PostAsync(path, "k", body);

        Assert.Equal((status, false), (answer.Status, answer.IsReplayed));
    }

    [Theory]
    [InlineData(409, true)]
    [InlineData(500, true)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    public async Task Error_OfTheService_IsKept_UnlessItSaysToComeAgain(int status, bool isKept)
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, number) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($"no {number}");
        };

        await gateway.PostAsync("/orders", "k");
        ShownAnswer second = await gateway.PostAsync("/orders", "k");

        Assert.Equal((status, isKept ? "no 1" : "no 2", isKept), (second.Status, second.Body, second.IsReplayed));
    }

    [Fact]
    public async Task Failure_ThatHeadgateTells_GivesTheKeyBack()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        ShownAnswer first = await gateway.PostAsync("/orders", "k");
        gateway.Service.Answer = null;
        ShownAnswer second = await gateway.PostAsync("/orders", "k");

        Assert.Equal((502, 201, false), (first.Status, second.Status, second.IsReplayed));
    }

    [Fact]
    public async Task Client_ThatGoesAway_FindsTheAnswerWhenItComesAgain()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Gate = new TaskCompletionSource();
        using (RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Client.BaseAddress!))
        {
            await client.SendAsync("POST /orders HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            await Until.TrueAsync(() => gateway.Service.Calls == 1, "the service is called");
            client.Reset();
        }

        gateway.Service.Gate.SetResult();
        ShownAnswer? again = null;
        await Until.TrueAsync(async () => (again = await gateway.PostAsync("/orders", "k")).Status != 409, "the first is over");

        Assert.Equal(new ShownAnswer(201, """{"order":1}""", true, "/orders/1"), again);
        Assert.Equal(1, gateway.Service.Calls);
    }

    [Fact]
    public async Task Answer_LargerThanWhatIsKept_IsStreamedOnce_AndAfterwardsAnErrorWithItsLocation()
    {
        string large = new('x', 300_000);
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, _) =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.Location = "/payments/7";
            return context.Response.WriteAsync(large);
        };

        ShownAnswer first = await gateway.PostAsync("/payments", "k");
        ShownAnswer second = await gateway.PostAsync("/payments", "k");

        Assert.Equal(new ShownAnswer(201, large, false, "/payments/7"), first);
        Assert.Equal((409, "/payments/7", true), (second.Status, second.Location, second.IsReplayed));
        Assert.Contains("carried out before, and answered with 201", second.Body, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Service.Calls);
    }

    [Fact]
    public async Task Body_LargerThanWhatIsHeld_IsRefused()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();

        Assert.Equal(413, (await gateway.PostAsync("/payments", "k", new string(' ', 4097))).Status);
        Assert.Equal(0, gateway.Service.Calls);
    }

    [Fact]
    public async Task Tenant_NeverHasAnothersAnswer()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        ShownAnswer[] answers = await Task.WhenAll(new[] { "a", "b", "c" }.Select(tenant => gateway.PostAsync("/shared", "k", "{}", ("Tenant", tenant))));

        Assert.Equal(3, answers.Select(answer => answer.Body).Distinct().Count());
        Assert.All(answers, answer => Assert.False(answer.IsReplayed));
    }

    [Fact]
    public async Task ErrorInTheDialectOfTheApi_IsToldAgainInIt()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync("errors: { dialect: envelope, upstream: map },");
        gateway.Service.Answer = (context, number) =>
        {
            context.Response.StatusCode = 409;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"message":"sold out {{number}}"}""");
        };

        await gateway.PostAsync("/orders", "k");
        ShownAnswer second = await gateway.PostAsync("/orders", "k");

        Assert.Equal((409, true), (second.Status, second.IsReplayed));
        Assert.Equal("sold out 1", JsonDocument.Parse(second.Body).RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    private static string CodeOf(ShownAnswer answer) => JsonDocument.Parse(answer.Body).RootElement.GetProperty("code").GetString()!;
}
