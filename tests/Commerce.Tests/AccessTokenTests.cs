using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Commerce.Tests.Support;

namespace Commerce.Tests;

public class AccessTokenTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Token_OfAUser_HasTheClaimsThatGatewaysReadAndAPublishedKey()
    {
        var parts = (await _shop.TokenAsync("acme-admin")).Split('.');
        var (header, claims) = (Decode(parts[0]), Decode(parts[1]));
        var keys = await _shop.Anonymous("user-service").GetAsync("/.well-known/jwks.json");
        var key = keys.Body!["keys"]!.AsArray().Single(candidate => candidate!["kid"]!.GetValue<string>() == header["kid"]!.GetValue<string>())!;

        Assert.Equal("RS256", header["alg"]!.GetValue<string>());
        Assert.Equal(_shop.Options.Issuer, claims["iss"]!.GetValue<string>());
        Assert.Equal("api://orders", claims["aud"]!.GetValue<string>());
        Assert.Equal("user-acme-admin", claims["sub"]!.GetValue<string>());
        Assert.Equal("acme", claims["tenant_id"]!.GetValue<string>());
        Assert.Equal("""["user","admin"]""", claims["roles"]!.ToJsonString());
        Assert.Contains("orders:write", claims["scope"]!.GetValue<string>().Split(' '));
        Assert.Equal(900, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64Url.DecodeFromChars(key["n"]!.GetValue<string>()),
            Exponent = Base64Url.DecodeFromChars(key["e"]!.GetValue<string>()),
        });
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Token_WithOneClaimChanged_IsRefused()
    {
        var parts = (await _shop.TokenAsync("alice")).Split('.');
        var claims = Decode(parts[1]);
        claims["tenant_id"] = "globex";

        await RefusedAsync($"{parts[0]}.{Encode(claims)}.{parts[2]}");
    }

    [Fact]
    public async Task Token_SignedByAnotherKeyOfTheSameName_IsRefused()
    {
        var parts = (await _shop.TokenAsync("alice")).Split('.');
        using var forged = RSA.Create(2048);
        var signature = forged.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        await RefusedAsync($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}");
    }

    [Fact]
    public async Task Token_UnsignedOrSignedWithThePublicKeyAsSecret_IsRefused()
    {
        var parts = (await _shop.TokenAsync("alice")).Split('.');
        var kid = Decode(parts[0])["kid"]!.GetValue<string>();
        var key = (await _shop.Anonymous("user-service").GetAsync("/.well-known/jwks.json")).Body!["keys"]![0]!["n"]!.GetValue<string>();

        await RefusedAsync($"{Encode(new JsonObject { ["alg"] = "none", ["kid"] = kid })}.{parts[1]}.");
        var header = Encode(new JsonObject { ["alg"] = "HS256", ["kid"] = kid });
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes($"{header}.{parts[1]}"));
        await RefusedAsync($"{header}.{parts[1]}.{Base64Url.EncodeToString(mac)}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    public Task Token_ThatIsNone_IsRefused(string token) => RefusedAsync(token);

    [Fact]
    public async Task Token_AfterItsExpiry_IsRefusedAndReadsAreNot()
    {
        var clock = new MovableClock();
        await using var shop = await Shop.StartAsync(options => options with { Clock = clock });
        var orders = await shop.AsAsync("alice", "order-service");
        (await orders.GetAsync("/orders")).Expect(200);

        clock.Advance(TimeSpan.FromMinutes(14));
        (await orders.GetAsync("/orders")).Expect(200);
        clock.Advance(TimeSpan.FromMinutes(1));

        (await orders.GetAsync("/orders")).Expect(401);
    }

    [Fact]
    public async Task Token_OfAnotherIssuer_IsRefused()
    {
        await using var shop = await Shop.StartAsync();
        var token = await shop.TokenAsync("alice");
        await using var strict = await Shop.StartAsync(options => options with { Issuer = "https://other.example" });

        (await strict.Anonymous("order-service", ("Authorization", $"Bearer {token}")).GetAsync("/orders")).Expect(401);
    }

    [Fact]
    public async Task Token_AfterRestart_StillVerifiesWithThePersistedKey()
    {
        await using var shop = await Shop.StartAsync();
        var token = await shop.TokenAsync("alice");

        await shop.RestartAsync();

        (await shop.Anonymous("order-service", ("Authorization", $"Bearer {token}")).GetAsync("/orders")).Expect(200);
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private async Task RefusedAsync(string token)
    {
        var reply = await _shop.Anonymous("order-service", ("Authorization", $"Bearer {token}")).GetAsync("/orders");
        Assert.Equal("UNAUTHORIZED", reply.Expect(401).ErrorCode);
    }
}
