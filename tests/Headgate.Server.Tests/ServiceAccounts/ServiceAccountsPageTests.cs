using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Headgate.Server.Settings;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.ServiceAccounts;

/// <summary>The reference page of service accounts: its table of settings is generated, its document is served, and every row of its example is sent.</summary>
public class ServiceAccountsPageTests
{
    private static readonly SettingDefinition[] s_settings = [SettingsCatalogue.Issuer, SettingsCatalogue.TokenLifetime, SettingsCatalogue.TokenKeyLifetime, SettingsCatalogue.TokenKeySecret];

    private static string PathOfPage([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs/reference/service-accounts.md"));

    [Fact]
    public void Settings_OfThePage_AreThoseOfTheCatalogue()
    {
        string page = File.ReadAllText(PathOfPage());
        int start = page.IndexOf('\n', page.IndexOf("<!-- settings:begin", StringComparison.Ordinal)) + 1;
        int end = page.IndexOf("<!-- settings:end -->", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("HEADGATE_UPDATE_DOCS") == "1")
            File.WriteAllText(PathOfPage(), page[..start] + Table() + page[end..]);
        else
            Assert.Equal(Table(), page[start..end]);
    }

    [Fact]
    public async Task Example_OfThePage_AnswersAsItSays()
    {
        await using TestUpstream upstream = await TestUpstream.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Method == "POST" ? 201 : 200;
            return Task.CompletedTask;
        });
        using var directory = new TemporaryDirectory();
        string page = await File.ReadAllTextAsync(PathOfPage(), TestContext.Current.CancellationToken);
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("reports.yaml", DocumentOf(page)), upstream.Url);
        JsonElement account = await new AdminApi(gateway).SendAsync("POST", "/service-accounts", 201, new { name = "nightly", scopes = new[] { "service.read", "service.write" } });

        string[][] rows = RowsOf(page);
        Assert.Equal(11, rows.Length);
        foreach (string[] row in rows)
        {
            using HttpResponseMessage response = await SendAsync(gateway, row[0], row[1], account);
            Assert.Equal((row[0], row[1], row[2]), (row[0], row[1], $"{(int)response.StatusCode}"));
            if (row[3].Length > 0)
                Assert.Contains(row[3].Trim('`'), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + response.Headers.WwwAuthenticate, StringComparison.Ordinal);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string cell, string caller, JsonElement account)
    {
        string[] parts = cell.Split('`', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] line = parts[0].Split(' ');
        using var request = new HttpRequestMessage(new HttpMethod(line[0]), line[1]);
        if (parts.Length > 1)
            request.Content = new StringContent(parts[1], Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Authorization = caller switch
        {
            "nobody" => null,
            "the account" => Basic(account, account.GetProperty("clientSecret").GetString()!),
            "a wrong secret" => Basic(account, "wrong"),
            "a token" => new AuthenticationHeaderValue("Bearer", await TokenAsync(gateway, account, "grant_type=client_credentials")),
            "a token for `service.read`" => new AuthenticationHeaderValue("Bearer", await TokenAsync(gateway, account, "grant_type=client_credentials&scope=service.read")),
            _ => throw new InvalidOperationException($"The page calls as '{caller}', which this test does not know."),
        };
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TokenAsync(TestGateway gateway, JsonElement account, string body)
    {
        using HttpResponseMessage response = await SendAsync(gateway, $"`POST /oauth/token` `{body}`", "the account", account);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static AuthenticationHeaderValue Basic(JsonElement account, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.GetProperty("clientId").GetString()}:{secret}")));

    private static string DocumentOf(string page)
    {
        int start = page.IndexOf("```yaml example\n", StringComparison.Ordinal) + "```yaml example\n".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string[][] RowsOf(string page) =>
        [.. page.Split('\n').SkipWhile(line => line != "## Getting a token").TakeWhile(line => line != "## What a token says")
            .Where(line => line.StartsWith('|')).Skip(2).Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray())];

    private static string Table() => "| setting | default | meaning |\n|---|---|---|\n" + string.Concat(s_settings.Select(setting =>
        $"| `{setting.Key}` | {(setting.Default is null ? "none" : $"`{setting.Default}`")} | {setting.Summary} |\n"));
}
