using System.Net;
using System.Net.Http.Headers;

namespace Headgate.Server.Tests.Identity;

/// <summary>What the OpenID provider says reaches applications and users as it is: the gateway judges none of it.</summary>
public class ProviderAnswersTests(CommerceGateway commerce) : IClassFixture<CommerceGateway>
{
    private const string Target = "/identity/authorize?client_id=shop-cli&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcallback&state=s";

    [Theory]
    [InlineData("client_id=nobody&grant_type=authorization_code", null, 401, "invalid_client")]
    [InlineData("client_id=shop-cli", null, 400, "invalid_request")]
    [InlineData("client_id=shop-cli&client_id=storefront&grant_type=refresh_token", null, 400, "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=x", "Basic c3RvcmVmcm9udDp3cm9uZw==", 401, "invalid_client")]
    [InlineData("", null, 400, "invalid_request")]
    public async Task TokenRequest_ThatIsNotInOrder_GetsTheErrorOfOAuth(string form, string? authorization, int status, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/identity/token") { Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")) };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using HttpResponseMessage response = await commerce.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"\"error\":\"{error}\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(status == 401, response.Headers.WwwAuthenticate.Any(challenge => challenge.Scheme == "Basic"));
    }

    [Fact]
    public async Task AuthorizationRequest_ThatIsNotInOrder_IsToldToTheApplication()
    {
        using HttpResponseMessage response = await commerce.Gateway.Client.GetAsync(Target, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.StartsWith("http://127.0.0.1:5000/callback?error=invalid_request&", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuthorizationRequest_OfNoKnownApplication_IsToldOnThePageOfTheProvider()
    {
        using HttpResponseMessage response = await commerce.Gateway.Client.GetAsync(Target.Replace("127.0.0.1", "evil.example", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    // The issuer has one address: under the version there is none.
    [Fact]
    public async Task AuthorizationRequest_UnderTheVersion_IsNotThere()
    {
        using HttpResponseMessage response = await commerce.Gateway.Client.GetAsync("/v1" + Target, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Form_LargerThanAnySignInNeeds_IsRefusedByTheGateway()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = new string('g', 65 * 1024) });

        using HttpResponseMessage response = await commerce.Gateway.Client.PostAsync("/identity/token", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }
}
