using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headgate.Bench.FullChain;

namespace Headgate.Bench.Tests;

public class TokenMintTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Tokens_OfCallersInTurn_AreAllDifferentAndSignedWithThePublishedKey()
    {
        var mint = new TokenMint(Now);
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("tokens.txt");

        await mint.WriteAsync(file, callers: 3, first: 4, count: 7, TestContext.Current.CancellationToken);

        var tokens = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        using var key = RSA.Create();
        key.ImportFromPem(mint.PublicKeyPem());
        Assert.Equal(7, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.True(IsSignedWith(key, token)));
        Assert.Equal(["user-000001", "user-000002", "user-000000", "user-000001"], tokens.Take(4).Select(token => Claim(token, "sub")));
    }

    [Fact]
    public void KeySet_HoldsTheKeyOfThePem()
    {
        var mint = new TokenMint(Now);
        using var key = RSA.Create();
        key.ImportFromPem(mint.PublicKeyPem());
        using var set = JsonDocument.Parse(mint.KeySet());

        Assert.Equal(Base64Url.EncodeToString(key.ExportParameters(false).Modulus), set.RootElement.GetProperty("keys")[0].GetProperty("n").GetString());
    }

    private static bool IsSignedWith(RSA key, string token)
    {
        var dot = token.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(token[..dot]), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string? Claim(string token, string name)
    {
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
        return claims.RootElement.GetProperty(name).GetString();
    }
}
