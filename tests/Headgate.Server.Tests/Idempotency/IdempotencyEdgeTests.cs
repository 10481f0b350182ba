using System.Text;
using Headgate.Server.Tests.Support;
using Headgate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace Headgate.Server.Tests.Idempotency;

/// <summary>Keys at their bounds, callers without a name, and calls that never leave Headgate.</summary>
public class IdempotencyEdgeTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        x-gateway-config: { idempotency: true, services: { shop: { bulkhead: 1 }, frail: { circuitBreaker: { failures: 1, openFor: 60s } } } }
        paths:
          /orders:
            post: { operationId: createOrder, x-gateway-backend: shop, responses: { "201": { description: created } } }
          /frail:
            post: { operationId: createFrail, x-gateway-backend: frail, responses: { "201": { description: created } } }
          /tokens:
            post: { operationId: createForToken, x-gateway-backend: shop, security: [{ token: [] }], responses: { "201": { description: created } } }
          /views:
            post:
              operationId: createAndShow
              x-gateway-backend: shop
              x-gateway-view: { views: { small: [order], large: [order, more] } }
              responses: { "201": { description: created } }
        components:
          securitySchemes:
            token: { type: http, scheme: bearer, x-gateway-jwt: { issuer: "https://idp.example", audiences: ["api://shop"], jwks: { file: keys.json } } }
        """;

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    [InlineData(8000, 400)]
    public async Task Key_HasABound(int length, int status)
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        ShownAnswer answer = await gateway.PostAsync("/orders", new string('k', length));
        Assert.Equal((status, status == 201 ? 1 : 0), (answer.Status, gateway.Service.Calls));
    }

    [Fact]
    public async Task KeySentTwice_IsNone()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Client.BaseAddress!);
        await client.SendAsync("POST /orders HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Service.Calls);
    }

    [Fact]
    public async Task KeyOfARequest_OfAnotherMediaType_IsRefused()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        await gateway.PostAsync("/orders", "k");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
        request.Headers.Add("Idempotency-Key", "k");
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((422, 1), ((int)response.StatusCode, gateway.Service.Calls));
    }

    // Nothing is claimed for a request that never came whole.
    [Fact]
    public async Task ClientThatGoesAwayBeforeItsBodyIsThere_HasClaimedNothing()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        foreach (string framing in new[] { "Content-Length: 5\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n" })
        {
            using RawConnection client = await RawConnection.ConnectAsync(gateway.Gateway.Client.BaseAddress!);
            await client.SendAsync($"POST /orders HTTP/1.1\r\nHost: shop\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n{framing}");
            client.Reset();
        }

        ShownAnswer answer = await gateway.PostAsync("/orders", "k", "{} ");
        Assert.Equal((201, false, 1), (answer.Status, answer.IsReplayed, gateway.Service.Calls));
    }

    [Fact]
    public async Task KeyOfATenant_IsOfAllItsCallers()
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        ShownAnswer ada = await gateway.PostAsync("/shared", "k", "{}", ("Tenant", "acme"), ("Authorization", "Bearer ada"));
        ShownAnswer bob = await gateway.PostAsync("/shared", "k", "{}", ("Tenant", "acme"), ("Authorization", "Bearer bob"));
        Assert.Equal((201, ada.Body, true, 1), (ada.Status, bob.Body, bob.IsReplayed, gateway.Service.Calls));
    }

    // A cookie may be a session: of the caller who asked first, and of nobody else in the tenant.
    [Theory]
    [InlineData("/shared", false)]
    [InlineData("/orders", true)]
    public async Task CookieOfAnAnswer_IsGivenAgain_ToItsCallerAlone(string path, bool isGivenAgain)
    {
        await using IdempotentGateway gateway = await IdempotentGateway.StartAsync();
        gateway.Service.Answer = (context, _) =>
        {
            context.Response.StatusCode = 201;
            context.Response.Headers.SetCookie = "session=ada";
            return Task.CompletedTask;
        };

        bool[] cookies = [await HasCookieAsync(gateway, path), await HasCookieAsync(gateway, path)];

        Assert.Equal((true, isGivenAgain, 1), (cookies[0], cookies[1], gateway.Service.Calls));
    }

    // A token of a machine may name nobody: what tells two of them apart is the tokens themselves.
    [Fact]
    public async Task KeyOfATokenThatNamesNobody_IsNoOthers()
    {
        await using Shop shop = await Shop.StartAsync();
        string[] tokens = [shop.Token("""{"sub":null,"azp":"one"}"""), shop.Token("""{"sub":null,"azp":"two"}""")];
        ShownAnswer one = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {tokens[0]}"));
        ShownAnswer two = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {tokens[1]}"));
        ShownAnswer again = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {tokens[0]}"));

        Assert.Equal((201, 201, false, true), (one.Status, two.Status, two.IsReplayed, again.IsReplayed));
        Assert.Equal((one.Body, 2), (again.Body, shop.Service.Calls));
    }

    // The same user with another token is the same caller.
    [Fact]
    public async Task KeyOfAUser_IsHis_WithANewTokenToo()
    {
        await using Shop shop = await Shop.StartAsync();
        ShownAnswer first = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {shop.Token("""{"jti":"1"}""")}"));
        ShownAnswer again = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {shop.Token("""{"jti":"2"}""")}"));
        ShownAnswer other = await shop.PostAsync("/tokens", "k", ("Authorization", $"Bearer {shop.Token("""{"sub":"bob"}""")}"));

        Assert.Equal((201, true, false), (first.Status, again.IsReplayed, other.IsReplayed));
        Assert.Equal((first.Body, 2), (again.Body, shop.Service.Calls));
    }

    [Fact]
    public async Task RequestThatFindsNoPlace_IsNotSent_AndItsKeyIsFree()
    {
        await using Shop shop = await Shop.StartAsync();
        shop.Service.Gate = new TaskCompletionSource();
        Task<ShownAnswer> first = shop.PostAsync("/orders", "k1");
        await Until.TrueAsync(() => shop.Service.Keys.Count == 1, "the service is called");

        ShownAnswer refused = await shop.PostAsync("/orders", "k2");
        shop.Service.Gate.SetResult();
        await first;
        ShownAnswer later = await shop.PostAsync("/orders", "k2");

        Assert.Equal((503, 201, false), (refused.Status, later.Status, later.IsReplayed));
        Assert.Equal(["k1", "k2"], shop.Service.Keys);
    }

    [Fact]
    public async Task OpenBreaker_RefusesAgainAndAgain_AndHoldsNoKey()
    {
        await using Shop shop = await Shop.StartAsync();
        shop.Service.Answer = (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        await shop.PostAsync("/frail", "k1");

        for (int i = 0; i < 2; i++)
        {
            ShownAnswer refused = await shop.PostAsync("/frail", "k2");
            Assert.Equal((503, false), (refused.Status, refused.IsReplayed));
            Assert.Contains("CIRCUIT_BREAKER_OPEN", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal(1, shop.Service.Calls);
    }

    [Fact]
    public async Task AnswerThatIsGivenAgain_IsShownInTheViewThatIsAskedForNow()
    {
        await using Shop shop = await Shop.StartAsync();
        shop.Service.Answer = (context, number) =>
        {
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($$"""{"order":{{number}},"more":[1],"hidden":2}""");
        };
        ShownAnswer small = await shop.PostAsync("/views", "k", ("X-View", "small"));
        ShownAnswer large = await shop.PostAsync("/views", "k", ("X-View", "large"));

        Assert.Equal((201, """{"order":1}"""), (small.Status, small.Body));
        Assert.Equal(new ShownAnswer(201, """{"order":1,"more":[1]}""", true, null), large);
    }

    private static async Task<bool> HasCookieAsync(IdempotentGateway gateway, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", "k");
        request.Headers.Add("Tenant", "acme");
        using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)response.StatusCode);
        return response.Headers.Contains("Set-Cookie");
    }

    private sealed class Shop : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly TokenForge _issuer = new();
        private TestGateway _gateway = null!;

        public CountingService Service { get; private init; } = null!;

        public static async Task<Shop> StartAsync()
        {
            var shop = new Shop { Service = await CountingService.StartAsync() };
            shop._directory.Write("keys.json", shop._issuer.KeySetJson);
            string document = shop._directory.Write("shop.yaml", Document);
            shop._gateway = await TestGateway.StartAsync(document, shop.Service.Url, $"service=shop={shop.Service.Url}", $"service=frail={shop.Service.Url}");
            return shop;
        }

        public string Token(string changes) => _issuer.Sign(changes);

        public Task<ShownAnswer> PostAsync(string path, string key, params (string Name, string Value)[] headers) => IdempotentGateway.PostAsync(_gateway.Client, path, key, "{}", headers);

        public async ValueTask DisposeAsync()
        {
            await _gateway.DisposeAsync();
            await Service.DisposeAsync();
            _issuer.Dispose();
            _directory.Dispose();
        }
    }
}
