using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Security;

/// <summary>
/// Credentials that somebody made up: each is refused over a real socket with the reason that is meant, <c>explain</c> says the same, the service sees nothing, and no log holds any of it.
/// </summary>
public sealed class TokenAttackTests : IAsyncLifetime
{
    private const string Header = """{"alg":"RS256","typ":"JWT","kid":"key-1"}""";

    private AttackedGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await AttackedGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    // Without it every refusal below could have any other reason.
    [Fact]
    public async Task Token_OfTheIssuer_LetsIn_AndStandsInNoLog()
    {
        string token = AttackedGateway.Issuer.Sign();
        await _gateway.AnswersAsync(200, "GET /mine", [$"Authorization: Bearer {token}"]);
        await _gateway.NothingToldAsync(token.Split('.')[1..]);
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    public async Task AlgorithmConfusion_WithThePublicKeyAsSecret_IsRefused(string algorithm) => await RefusedAsync(
        TokenForge.SignWith(data => Hmac(algorithm, AttackedGateway.Issuer.PublicKeyPem, data), $$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"key-1"}"""), "The token's algorithm is not accepted.");

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public async Task UnsignedToken_IsRefused(string algorithm) => await RefusedAsync(TokenForge.SignWith(_ => [], $$"""{"alg":"{{algorithm}}","typ":"JWT"}"""), "The token");

    [Theory]
    [InlineData("""{"exp":1000000000}""", "The token has expired.")]
    [InlineData("""{"exp":null}""", "The token has no 'exp'.")]
    [InlineData("""{"nbf":9999999999}""", "The token is not valid yet.")]
    [InlineData("""{"iat":9999999999}""", "The token is not valid yet.")]
    [InlineData("""{"aud":"api://other"}""", "The token is for another audience.")]
    [InlineData("""{"aud":null}""", "The token is for another audience.")]
    [InlineData("""{"iss":"https://idp.example.evil.test"}""", "The token is from another issuer.")]
    [InlineData("""{"iss":"https://idp.example/"}""", "The token is from another issuer.")]
    [InlineData("""{"iss":null}""", "The token is from another issuer.")]
    public async Task SignedToken_OfAnotherTimeAudienceOrIssuer_IsRefused(string claims, string reason) => await RefusedAsync(AttackedGateway.Issuer.Sign(claims), reason);

    [Theory]
    [InlineData("")]
    [InlineData(",\"jwk\":KEY")]
    [InlineData(",\"jku\":\"UPSTREAM/keys\"")]
    [InlineData(",\"x5u\":\"UPSTREAM/certificate\"")]
    public async Task KeySubstitution_ByTheTokenItself_IsRefused_AndNothingIsFetched(string member)
    {
        using var forger = new TokenForge();
        string brought = member.Replace("KEY", forger.KeyJson, StringComparison.Ordinal).Replace("UPSTREAM", _gateway.Upstream.Url.ToString().TrimEnd('/'), StringComparison.Ordinal);
        await RefusedAsync(forger.Sign("""{"sub":"admin"}""", $"{Header[..^1]}{brought}}}"), "The token's signature is wrong.");
    }

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"key-1","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"RS256","kid":"key-1","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"RS256","alg":"RS256","kid":"key-1"}""")]
    public async Task SignedToken_OfAnotherKind_IsRefused(string header) => await RefusedAsync(AttackedGateway.Issuer.Sign(header: header), "The token");

    [Fact]
    public async Task Token_WhoseClaimsWereChanged_IsRefused()
    {
        string[] parts = AttackedGateway.Issuer.Sign().Split('.');
        string claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("ann", "bob", StringComparison.Ordinal);
        await RefusedAsync($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}", "The token's signature is wrong.");
    }

    [Fact]
    public async Task OversizedToken_IsRefused() => await RefusedAsync(AttackedGateway.Issuer.Sign($$"""{"x":"{{new string('x', 14_000)}}"}"""), "The token is too large.");

    [Fact]
    public async Task DeepClaims_AreRefused() => await RefusedAsync(AttackedGateway.Issuer.Sign($$"""{"x":{{new string('[', 40)}}{{new string(']', 40)}}}"""), "The token's claims are malformed.");

    [Fact]
    public async Task SecondToken_BesideOneThatHolds_RefusesBoth()
    {
        string token = AttackedGateway.Issuer.Sign();
        await _gateway.AnswersAsync(401, "GET /mine", [$"Authorization: Bearer {token}", $"Authorization: Bearer {AttackedGateway.Issuer.Sign("""{"sub":"bob"}""")}"]);
        await _gateway.NothingToldAsync(token.Split('.')[1..]);
    }

    [Theory]
    [InlineData("hgk_000000000000_0000000000000000000000000000000000000000000000000")]
    [InlineData("hgk_' OR 1=1 --")]
    [InlineData("../../admin.key")]
    public async Task ApiKey_ThatWasGuessed_IsRefused(string key)
    {
        await _gateway.AnswersAsync(401, "GET /keyed", [$"X-API-Key: {key}"]);
        await _gateway.NothingToldAsync(key);
    }

    [Fact]
    public async Task ApiKey_OfAnotherSecret_IsRefused_AndNeitherStandsInALog()
    {
        string key = (await new AdminApi(_gateway.Gateway).SendAsync("POST", "/keys", 201, new { name = "n" })).GetProperty("value").GetString()!;
        string forged = $"{key[..^1]}{(key[^1] == 'x' ? 'y' : 'x')}";
        await _gateway.AnswersAsync(401, "GET /keyed", [$"X-API-Key: {forged}"]);
        await _gateway.NothingToldAsync(key[20..], forged[20..]);
    }

    private static byte[] Hmac(string algorithm, byte[] key, byte[] data) => CryptographicOperations.HmacData(new HashAlgorithmName($"SHA{algorithm[2..]}"), key, data);

    private async Task RefusedAsync(string token, string reason)
    {
        string answer = await _gateway.AnswersAsync(401, "GET /mine", [$"Authorization: Bearer {token}"]);
        Assert.Contains(reason, answer, StringComparison.Ordinal);
        Assert.Contains("WWW-Authenticate: Bearer", answer, StringComparison.Ordinal);
        string log = await _gateway.NothingToldAsync([.. token.Split('.')[1..].Where(part => part.Length > 0)]);
        Assert.Matches($"Token of request [^ ]+ to mine refused by user: {Regex.Escape(reason)}", log);
    }
}
