using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.Authorize;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Tests.Policies.Jwt;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Policies.Authentication;

/// <summary>The reference pages of authentication, permissions and tenants: their tables of settings are generated, their examples are run.</summary>
public class ReferencePageTests
{
    [Theory]
    [InlineData("authentication.md", "jwt", typeof(JwtExtension))]
    [InlineData("authentication.md", "jwks", typeof(JwksSource))]
    [InlineData("authentication.md", "claims", typeof(JwtClaimNames))]
    [InlineData("authorize.md", "authorize", typeof(AuthorizeExtension))]
    [InlineData("authorize.md", "authorization", typeof(AuthorizationSettings))]
    [InlineData("tenancy.md", "tenancy", typeof(TenancySettings))]
    public void Settings_OfThePage_AreTheRecords(string page, string part, Type record) =>
        new ReferencePage(page).Holds(part, ExtensionReferenceWriter.WriteTable(record));

    [Fact]
    public async Task Example_OfAuthentication_AnswersAsThePageSays()
    {
        await using SecuredGateway gateway = await StartAsync("authentication.md");
        foreach (string[] row in RowsOf("authentication.md", "An example"))
        {
            using HttpResponseMessage response = await SendAsync(gateway, row[0], Token(gateway, row[1]));
            string error = response.IsSuccessStatusCode ? "" : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()!;
            Assert.Equal((row[0], row[1], row[2]), (row[0], row[1], $"{(int)response.StatusCode}"));
            Assert.EndsWith(row[3].Trim('`').Replace('_', '-'), error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Example_OfPermissions_AnswersAsThePageSays()
    {
        await using SecuredGateway gateway = await StartAsync("authorize.md");
        JsonObject claims = TestIssuer.Claims();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(BlockOf("authorize.md", "json"))!.AsObject())
            claims[name] = value!.DeepClone();
        string token = gateway.Issuer.Sign(claims: claims);
        foreach (string[] row in RowsOf("authorize.md", "An example"))
        {
            using HttpResponseMessage response = await SendAsync(gateway, row[0], token);
            Assert.Equal((row[0], row[1]), (row[0], $"{(int)response.StatusCode}"));
        }
    }

    [Fact]
    public void Patterns_OfThePage_CoverWhatItSays()
    {
        foreach (string[] row in RowsOf("authorize.md", "Roles and permissions"))
        {
            var pattern = new PermissionPattern(row[0].Trim('`'));
            Assert.All(row[1].Split(", "), permission => Assert.True(pattern.Covers(permission.Trim('`')), $"{pattern} {permission}"));
            Assert.All(row[2].Split(", "), permission => Assert.False(pattern.Covers(permission.Trim('`')), $"{pattern} {permission}"));
        }
    }

    [Fact]
    public async Task Example_OfTenants_AnswersAsThePageSays()
    {
        await using SecuredGateway gateway = await StartAsync("tenancy.md");
        foreach (string[] row in RowsOf("tenancy.md", "An example"))
        {
            JsonObject claims = TestIssuer.Claims();
            claims.Remove("tenant_id");
            if (row[1].Length > 0)
                claims["tenant_id"] = row[1];
            string? token = row[0].Contains("login", StringComparison.Ordinal) ? null : gateway.Issuer.Sign(claims: claims);
            using HttpResponseMessage response = await SendAsync(gateway, row[0], token, row[2]);

            Assert.Equal((string.Join('|', row), row[3]), (string.Join('|', row), $"{(int)response.StatusCode}"));
            if (response.StatusCode != HttpStatusCode.OK)
                continue;
            JsonElement headers = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("headers");
            Assert.Equal(row[4], headers.TryGetProperty("X-Tenant-ID", out JsonElement seen) ? seen.GetString() : "");
        }
    }

    private static string Token(SecuredGateway gateway, string words)
    {
        JsonObject claims = TestIssuer.Claims();
        long now = TestIssuer.Now.ToUnixTimeSeconds();
        string algorithm = "RS256";
        if (words == "expired a minute ago")
            claims["exp"] = now - 60;
        else if (words == "expired ten seconds ago")
            claims["exp"] = now - 10;
        else if (words.StartsWith("for the audience", StringComparison.Ordinal))
            claims["aud"] = words.Split('`')[1];
        else if (words.StartsWith("of the issuer", StringComparison.Ordinal))
            claims["iss"] = words.Split('`')[1];
        else if (words.StartsWith("signed with", StringComparison.Ordinal))
            algorithm = words.Split(' ')[^1];
        else if (words != "valid")
            return words == "none" ? "" : throw new ArgumentOutOfRangeException(nameof(words), words, null);
        return gateway.Issuer.Sign(algorithm, claims);
    }

    private static Task<HttpResponseMessage> SendAsync(SecuredGateway gateway, string request, string? token, string tenant = "")
    {
        string[] parts = request.Trim('`').Split(' ');
        var message = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]);
        if (token is { Length: > 0 })
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (tenant.Length > 0)
            message.Headers.TryAddWithoutValidation("X-Tenant-ID", tenant);
        return gateway.Gateway.Client.SendAsync(message);
    }

    // The address of the keys is the only thing that the test puts in place of the page's.
    private static Task<SecuredGateway> StartAsync(string page) =>
        SecuredGateway.StartAsync(BlockOf(page, "yaml example").Replace("\"https://idp.example/keys\"", "KEYS", StringComparison.Ordinal).Replace("https://idp.example/keys", "KEYS", StringComparison.Ordinal));

    private static string BlockOf(string page, string fence)
    {
        string text = new ReferencePage(page).Read();
        int start = text.IndexOf($"```{fence}\n", StringComparison.Ordinal) + fence.Length + 4;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string[][] RowsOf(string page, string heading)
    {
        string[][] rows = [.. new ReferencePage(page).Read().Split('\n').SkipWhile(line => line != $"## {heading}").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|')).Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray()).Skip(2)];
        Assert.NotEmpty(rows);
        return rows;
    }
}
