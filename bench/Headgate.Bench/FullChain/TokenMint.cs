using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Headgate.Bench.FullChain;

/// <summary>Signs RS256 tokens with a key that is made for one run. Thread-safe.</summary>
internal sealed class TokenMint(DateTimeOffset now)
{
    public const string Issuer = "https://idp.example";
    public const string Audience = "api://orders";
    public const string Scope = "orders:read";

    private const int KeyBits = 2048;
    private const int Tenants = 100;
    private const string KeyId = "bench";

    private static readonly string Header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","typ":"JWT","kid":"{{KeyId}}"}"""));

    private readonly RSAParameters key = MakeKey();

    /// <summary>The public key as the set that the gateway reads.</summary>
    public string KeySet() =>
        $$"""{"keys":[{"kty":"RSA","kid":"{{KeyId}}","use":"sig","alg":"RS256","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""";

    /// <summary>The public key as HAProxy reads it.</summary>
    public string PublicKeyPem()
    {
        using var rsa = RSA.Create(key);
        return rsa.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <summary>The token of a caller.</summary>
    /// <param name="caller">Number of the caller; one in a hundred shares its tenant.</param>
    /// <param name="number">What makes the token another than all others of the caller.</param>
    public string Sign(int caller, int number) => Sign(Claims(caller, number));

    /// <summary>A token with these claims, whatever they are.</summary>
    public string Sign(JsonObject claims)
    {
        using var rsa = RSA.Create(key);
        return Sign(rsa, claims);
    }

    /// <summary>What <see cref="Sign(int, int)"/> signs.</summary>
    public JsonObject Claims(int caller, int number) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = string.Create(CultureInfo.InvariantCulture, $"user-{caller:d6}"),
        ["tenant_id"] = string.Create(CultureInfo.InvariantCulture, $"tenant-{caller % Tenants:d3}"),
        ["scope"] = $"{Scope} profile",
        ["jti"] = string.Create(CultureInfo.InvariantCulture, $"{number:d9}"),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddDays(1).ToUnixTimeSeconds(),
    };

    /// <summary>Writes the tokens <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/>, one a line, of so many callers in turn; all cores sign.</summary>
    public async Task WriteAsync(string file, int callers, int first, int count, CancellationToken cancellation)
    {
        var tokens = new string[count];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Task.Run(
            () => Parallel.For(0, count, options, () => RSA.Create(key), (i, _, rsa) => SignInto(tokens, i, rsa, Claims((first + i) % callers, first + i)), rsa => rsa.Dispose()),
            cancellation);
        await File.WriteAllLinesAsync(file, tokens, cancellation);
    }

    private static RSA SignInto(string[] tokens, int at, RSA rsa, JsonObject claims)
    {
        tokens[at] = Sign(rsa, claims);
        return rsa;
    }

    private static string Sign(RSA rsa, JsonObject claims)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static RSAParameters MakeKey()
    {
        using var rsa = RSA.Create(KeyBits);
        return rsa.ExportParameters(includePrivateParameters: true);
    }
}
