using System.Text;
using System.Text.Json;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>The vectors of wycheproof (JSON Web Keys) and of RFC 7520, RFC 8037 and RFC 7797: every one that is about a compact signature that this platform can check.</summary>
public class JoseVectorTests
{
    private static readonly JwsVerifier s_everyAlgorithm = new(new JwtAlgorithmSet(Enum.GetValues<JwtAlgorithm>()));

    // Not applicable, each with the reason. What is not named here is a test.
    private static readonly Dictionary<string, string> s_notApplicable = new()
    {
        ["4_5.signature_with_detached_content.json"] = "the content is not in the token: refused",
        ["4_6.protecting_specific_header_fields.json"] = "JSON serialization only",
        ["4_7.protecting_content_only.json"] = "JSON serialization only",
        ["4_8.multiple_signatures.json"] = "JSON serialization only",
        ["4.2.hmac-sha2_b64_false.json"] = "JSON serialization only",
        ["hmac-sha2_b64_false.json"] = "the extension b64, which must be refused",
        ["ed25519-jws.json"] = "Ed25519, which .NET 10 does not have: refused",
    };

    public static TheoryData<int> WycheproofCases()
    {
        using JsonDocument document = Read("wycheproof_json_web_key.json");
        return [.. Tests(document).Select(pair => pair.Test.GetProperty("tcId").GetInt32())];
    }

    public static TheoryData<string> CookbookFiles() => [.. Directory.EnumerateFiles(Folder("rfc7520"), "*.json", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) != "jwk").Select(path => Path.GetRelativePath(Folder("rfc7520"), path))];

    [Theory]
    [MemberData(nameof(WycheproofCases))]
    public void Wycheproof_Case_IsDecidedAsItsAuthorsSay(int id)
    {
        using JsonDocument document = Read("wycheproof_json_web_key.json");
        (JsonElement group, JsonElement test) = Tests(document).Single(pair => pair.Test.GetProperty("tcId").GetInt32() == id);

        // A shared secret has no public half: the group has the private one alone.
        JsonElement key = group.TryGetProperty("public", out JsonElement half) ? half : group.GetProperty("private");
        JwsOutcome outcome = Verify(test.GetProperty("jws").GetString()!, key);

        Assert.Equal(test.GetProperty("result").GetString() == "valid", outcome == JwsOutcome.Verified);
    }

    [Fact]
    public void Wycheproof_File_HasTheCasesThatWereCounted() => Assert.Equal(26, WycheproofCases().Count);

    [Theory]
    [MemberData(nameof(CookbookFiles))]
    public void Cookbook_Example_IsDecidedAsItsRfcSays(string file)
    {
        using JsonDocument document = Read(Path.Combine("rfc7520", file));
        JsonElement root = document.RootElement;
        if (!root.GetProperty("output").TryGetProperty("compact", out JsonElement compact))
        {
            Assert.Contains(Path.GetFileName(file), s_notApplicable.Keys);
            return;
        }

        JwsOutcome outcome = Verify(compact.GetString()!, root.GetProperty("input").GetProperty("key"));

        Assert.Equal(!s_notApplicable.ContainsKey(Path.GetFileName(file)), outcome == JwsOutcome.Verified);
    }

    [Fact]
    public void Cookbook_Folder_HasFourThatApplyAndSevenThatDoNot()
    {
        string[] names = [.. CookbookFiles().Select(row => Path.GetFileName(row.Data))];
        Assert.Equal(7, names.Count(s_notApplicable.ContainsKey));
        Assert.Equal(4, names.Count(name => !s_notApplicable.ContainsKey(name)));
    }

    [Theory]
    [InlineData("4_1.rsa_v15_signature.json")]
    [InlineData("4_2.rsa-pss_signature.json")]
    [InlineData("4_3.ecdsa_signature.json")]
    [InlineData("4_4.hmac-sha2_integrity_protection.json")]
    public void Cookbook_Payload_IsTheOneThatWasSigned(string file)
    {
        using JsonDocument document = Read(Path.Combine("rfc7520", "jws", file));
        JsonElement input = document.RootElement.GetProperty("input");
        string token = document.RootElement.GetProperty("output").GetProperty("compact").GetString()!;

        JwsResult result = s_everyAlgorithm.Verify(token, KeysOf(input.GetProperty("key")), mayHold: true, new byte[JwsVerifier.ScratchBytes(token.Length)]);

        Assert.Equal(input.GetProperty("payload").GetString(), Encoding.UTF8.GetString(result.Payload));
    }

    [Theory]
    [InlineData("3_1.ec_public_key.json")]
    [InlineData("3_3.rsa_public_key.json")]
    [InlineData("3_5.symmetric_key_mac_computation.json")]
    public void Cookbook_Key_IsRead(string file)
    {
        using JsonDocument document = Read(Path.Combine("rfc7520", "jwk", file));
        Assert.Single(KeysOf(document.RootElement).Keys);
    }

    private static JwsOutcome Verify(string token, JsonElement key) =>
        s_everyAlgorithm.Verify(token, KeysOf(key), mayHold: true, new byte[JwsVerifier.ScratchBytes(token.Length)]).Outcome;

    private static KeySet KeysOf(JsonElement key) =>
        TestIssuer.Read(key.TryGetProperty("keys", out _) ? key.GetRawText() : $$"""{"keys":[{{key.GetRawText()}}]}""");

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Tests(JsonDocument document) =>
        from @group in document.RootElement.GetProperty("testGroups").EnumerateArray()
        from test in @group.GetProperty("tests").EnumerateArray()
        select (@group, test);

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(""), name)));

    private static string Folder(string name)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Headgate.slnx")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        return ((string[])["..", "../.."]).Select(up => Path.Combine(directory.FullName, up, "shared/conformance/jose", name)).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException("The conformance data is expected in ../shared/conformance beside the repository.");
    }
}
