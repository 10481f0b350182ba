using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>Tokens that somebody made to get in (RFC 8725 §2, RFC 7515 §10). Each is refused, and none costs an exception of its own.</summary>
public class HostileTokenTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    [InlineData("rs256")]
    public void Token_UnderNoAlgorithm_IsRefused(string algorithm)
    {
        using var issuer = new TestIssuer();
        string header = TestIssuer.Encode($$"""{"alg":"{{algorithm}}","kid":"{{TestIssuer.KeyId}}"}""");
        string claims = TestIssuer.Encode(TestIssuer.Claims().ToJsonString());
        string signature = issuer.Sign().Split('.')[2];

        foreach (string token in new[] { $"{header}.{claims}.", $"{header}.{claims}", $"{header}.{claims}.{signature}", $"{header}.{claims}.AA" })
            Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(token, issuer.KeySet()).Outcome);
    }

    [Fact]
    public void PublicKey_AsSecret_SignsNothing()
    {
        using var issuer = new TestIssuer();
        string signed = $"{TestIssuer.Encode($$"""{"alg":"HS256","kid":"{{TestIssuer.KeyId}}"}""")}.{TestIssuer.Encode(TestIssuer.Claims().ToJsonString())}";
        byte[] forged = HMACSHA256.HashData(issuer.PublicKeyPem(), Encoding.ASCII.GetBytes(signed));

        // Even where HS256 is accepted: the key is an RSA key, and says so itself.
        Assert.Equal("No key of the issuer is for the token's algorithm.", EveryAlgorithm.Verify($"{signed}.{TestIssuer.Encode(forged)}", issuer.KeySet()).Reason);
    }

    [Theory]
    [InlineData("RS256", "PS256")]
    [InlineData("PS256", "RS256")]
    [InlineData("ES256", "ES384")]
    [InlineData("ES384", "ES256")]
    [InlineData("RS256", "ES256")]
    [InlineData("HS256", "RS256")]
    public void Signature_OfOneAlgorithm_IsNoneOfAnother(string signedWith, string named)
    {
        using var issuer = new TestIssuer();
        string token = issuer.Sign(signedWith, header: $$"""{"alg":"{{named}}","kid":"{{TestIssuer.KeyId}}"}""");

        Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(token, issuer.KeySet(signedWith)).Outcome);
        Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(token, issuer.KeySet(named)).Outcome);
    }

    [Theory]
    [InlineData("\"jwk\":KEY")]
    [InlineData("\"jku\":\"http://127.0.0.1:1/keys\"")]
    [InlineData("\"x5u\":\"http://127.0.0.1:1/certificate\"")]
    [InlineData("\"x5c\":[\"MIIB\"]")]
    public void Key_ThatTheTokenBrings_IsNotUsed(string member)
    {
        using var issuer = new TestIssuer();
        using var forger = new TestIssuer(ownKey: true);
        string brought = member.Replace("KEY", forger.KeyJson("RS256"), StringComparison.Ordinal);
        string token = forger.Sign(header: $$"""{"alg":"RS256","kid":"{{TestIssuer.KeyId}}",{{brought}}}""");

        Assert.Equal("The token's signature is wrong.", EveryAlgorithm.Verify(token, issuer.KeySet()).Reason);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"RS256","crit":[]}""")]
    [InlineData("""{"alg":"RS256","b64":false}""")]
    [InlineData("""{"alg":"RS256","b64":true}""")]
    [InlineData("""{"alg":"RS256","alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","\u0061lg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","x":1,"x":2}""")]
    [InlineData("""{"alg":"RS256","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":7}""")]
    [InlineData("""{"alg":"RS256","cty":"JWT"}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"kid":"key-1"}""")]
    [InlineData("""{"alg":"RS256","kid":7}""")]
    [InlineData("""{"alg":"RS256","x":[[[[[[1]]]]]]}""")]
    [InlineData("""{"alg":"RS256","kid":"\ud800"}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("""{"alg":"RS256"}{}""")]
    [InlineData("""{"alg":"RS256",}""")]
    [InlineData("""{"alg":"RS256"/**/}""")]
    [InlineData("null")]
    [InlineData("")]
    public void Header_ThatIsNotOne_RefusesTheToken(string header)
    {
        using var issuer = new TestIssuer();
        string token = issuer.SignText("RS256", header, TestIssuer.Claims().ToJsonString());
        Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(token, issuer.KeySet()).Outcome);
    }

    [Theory]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"RS256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"RS256","typ":"application/AT+JWT"}""")]
    [InlineData("""{"typ":"jwt","x5t":"AAAA","alg":"\u0052S256"}""")]
    public void Header_OfAnAccessToken_Passes(string header)
    {
        using var issuer = new TestIssuer();
        Assert.Equal(JwsOutcome.Verified, EveryAlgorithm.Verify(issuer.Sign(header: header), issuer.KeySet()).Outcome);
    }

    [Theory]
    [InlineData("""{"exp":1767312600,"sub":"a","sub":"b"}""")]
    [InlineData("""{"exp":1767312600,"sub":"a","s\u0075b":"b"}""")]
    [InlineData("""{"exp":1767312600,"exp":1767312600}""")]
    [InlineData("""{"exp":1767312600}[]""")]
    [InlineData("""[1]""")]
    [InlineData("""{"exp":1767312600,"sub":"\ud800"}""")]
    [InlineData("not json")]
    public void Claims_ThatAreNone_RefuseTheToken(string claims)
    {
        using var issuer = new TestIssuer();
        Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(issuer.SignText("RS256", """{"alg":"RS256"}""", claims), issuer.KeySet()).Outcome);
    }

    [Theory]
    [InlineData(14, JwsOutcome.Verified)]
    [InlineData(15, JwsOutcome.Verified)]
    [InlineData(16, JwsOutcome.Refused)]
    [InlineData(2000, JwsOutcome.Refused)]
    public void Claims_DeeperThanTheBound_RefuseTheToken(int arrays, object outcome)
    {
        using var issuer = new TestIssuer();
        string claims = $$"""{"exp":1767312600,"x":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";
        Assert.Equal(outcome, EveryAlgorithm.Verify(issuer.SignText("RS256", """{"alg":"RS256"}""", claims), issuer.KeySet()).Outcome);
    }

    [Fact]
    public void Claims_MoreThanTheBound_RefuseTheToken()
    {
        using var issuer = new TestIssuer();
        JsonObject claims = TestIssuer.Claims();
        while (claims.Count < MemberNames.Most)
            claims[$"c{claims.Count}"] = 1;
        Assert.Equal(JwsOutcome.Verified, EveryAlgorithm.Verify(issuer.Sign(claims: claims), issuer.KeySet()).Outcome);
        claims["more"] = 1;
        Assert.Equal("The token has a claim twice, or too many.", EveryAlgorithm.Verify(issuer.Sign(claims: claims), issuer.KeySet()).Reason);
    }

    [Fact]
    public void Token_LargerThanTheBound_IsRefused()
    {
        using var issuer = new TestIssuer();
        JsonObject claims = TestIssuer.Claims();
        claims["x"] = new string('x', 11_000);
        Assert.Equal(JwsOutcome.Verified, EveryAlgorithm.Verify(issuer.Sign(claims: claims), issuer.KeySet()).Outcome);
        claims["x"] = new string('x', 13_000);
        Assert.Equal("The token is too large.", EveryAlgorithm.Verify(issuer.Sign(claims: claims), issuer.KeySet()).Reason);
        string header = $$"""{"alg":"RS256","x":"{{new string('x', 4000)}}"}""";
        Assert.Equal("The token's header is too large.", EveryAlgorithm.Verify(issuer.Sign(header: header), issuer.KeySet()).Reason);
    }

    [Fact]
    public void Header_OfOneLongName_IsRefusedAndNoFault()
    {
        using var issuer = new TestIssuer();
        string header = TestIssuer.Encode($$"""{"{{new string('a', 3000)}}":1}""");
        Assert.Equal("The token's algorithm is not accepted.", EveryAlgorithm.Verify($"{header}.e30.AA", issuer.KeySet()).Reason);
    }

    [Fact]
    public void Text_ThatIsNotStrict_IsRefused()
    {
        using var issuer = new TestIssuer();
        string[] parts = issuer.Sign().Split('.');

        // Each of these is the same bytes for a decoder that is not strict.
        foreach (string padding in new[] { "=", "==", " ", "\n", "\t", "+", "é" })
        {
            Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify($"{parts[0]}{padding}.{parts[1]}.{parts[2]}", issuer.KeySet()).Outcome);
            Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify($"{parts[0]}.{parts[1]}.{parts[2]}{padding}", issuer.KeySet()).Outcome);
        }

        // The last character of 342 holds four bits that belong to no byte.
        string loose = parts[2][..^1] + (char)(parts[2][^1] + 1);
        Assert.Equal("The token is not base64url.", EveryAlgorithm.Verify($"{parts[0]}.{parts[1]}.{loose}", issuer.KeySet()).Reason);
        string signedWithPadding = issuer.SignParts("RS256", parts[0], parts[1] + "=");
        Assert.Equal("The token is not base64url.", EveryAlgorithm.Verify(signedWithPadding, issuer.KeySet()).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.")]
    [InlineData("a..c")]
    [InlineData(".b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AA")]
    public void Text_ThatIsNoToken_IsRefused(string token)
    {
        using var issuer = new TestIssuer();
        Assert.Equal(JwsOutcome.Refused, EveryAlgorithm.Verify(token, issuer.KeySet()).Outcome);
    }

    [Fact]
    public void Token_WithAnyBitChanged_IsRefused()
    {
        using var issuer = new TestIssuer();
        string token = issuer.Sign("ES256");
        KeySet keys = issuer.KeySet("ES256");
        for (int i = 0; i < token.Length; i++)
        {
            string changed = string.Concat(token.AsSpan(0, i), ((char)(token[i] ^ 1)).ToString(), token.AsSpan(i + 1));
            JwtResult result = EveryAlgorithm.Verify(changed, keys);
            Assert.NotEqual(JwsOutcome.Verified, result.Outcome);
        }
    }

    [Fact]
    public void Token_OfRandomParts_IsDecidedWithoutAFault()
    {
        using var issuer = new TestIssuer();
        KeySet keys = issuer.KeySet("HS256");
        var random = new Random(20261120);
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\u00", "\\ud83d", "\"sub\"", "\"exp\":1767312600", "\"aud\":[\"x\"]", "\"roles\":[{", "\"role\":\"r\"", "\"scope\":", "null", "1e9", "\u00e9", "\0", "true"];
        for (int i = 0; i < 20_000; i++)
        {
            string claims = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            string header = random.Next(4) == 0 ? string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)])) : """{"alg":"HS256"}""";
            JwtResult result = EveryAlgorithm.Verify(issuer.SignText("HS256", header, claims), keys);
            Assert.True(result.Outcome is JwsOutcome.Verified or JwsOutcome.Refused);
        }
    }

    [Fact]
    public void EdDsaToken_IsRefused_AsThisPlatformHasNone()
    {
        using var issuer = new TestIssuer();
        string token = $"{TestIssuer.Encode("""{"alg":"EdDSA","kid":"x"}""")}.e30.{new string('A', 86)}";
        Assert.Equal("The token's algorithm EdDSA is not available on this platform.", EveryAlgorithm.Verify(token, issuer.KeySet()).Reason);
    }

    private static JwtVerifier EveryAlgorithm { get; } = Verifiers.Of(new JwtExtension(), Enum.GetValues<JwtAlgorithm>());
}
