using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Policies.ApiKey;
using Headgate.Gateway.Policies.ApiKey.Keys;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>The reference page of API keys: its table of settings is generated, its example is run, its form of a key is the form of keys.</summary>
public partial class ApiKeyPageTests
{
    private static readonly ReferencePage s_page = new("api-keys.md");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Settings_OfThePage_AreTheRecord() => s_page.Holds("api-key", ExtensionReferenceWriter.WriteTable(typeof(ApiKeyExtension)));

    [Fact]
    public void FormOfAKey_IsThatOfThePage()
    {
        string page = s_page.Read();
        var form = new Regex($"^{FormInWords().Match(page).Value}$");
        string example = Example().Match(page).Value;

        Assert.Matches(form, example);
        Assert.True(ApiKeyText.TryReadId(example, out _));
        Assert.Matches(form, ApiKeyText.New(ApiKeyText.NewId()));
    }

    [Fact]
    public async Task Example_OfThePage_AnswersAsItSays()
    {
        string[] lines = s_page.Read().Split('\n');
        string document = string.Join('\n', lines.SkipWhile(line => line != "```yaml example").Skip(1).TakeWhile(line => line != "```"));
        string[][] rows = [.. lines.SkipWhile(line => !line.StartsWith("| request |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray())];
        await using KeyedGateway gateway = await KeyedGateway.StartAsync(document);

        Assert.Equal(11, rows.Length);
        foreach (string[] row in rows)
        {
            string[] request = row[0].Trim('`').Split(' ');
            using var message = new HttpRequestMessage(new HttpMethod(request[0]), request[1]);
            foreach ((string name, string key) in await KeysAsync(gateway, row[1]))
                message.Headers.TryAddWithoutValidation(name, key);
            using HttpResponseMessage response = await gateway.Gateway.Client.SendAsync(message, Stop);
            string error = response.IsSuccessStatusCode ? "" : (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("type").GetString()!;
            Assert.Equal((row[0], row[1], row[2]), (row[0], row[1], $"{(int)response.StatusCode}"));
            Assert.EndsWith(row[3].Trim('`').Replace('_', '-'), error, StringComparison.Ordinal);
        }
    }

    private static async Task<(string Name, string Key)[]> KeysAsync(KeyedGateway gateway, string words)
    {
        var draft = new ApiKeyDraft { Name = words, Scopes = ["orders:read"], ExpiresAt = words == "expired" ? gateway.Time.GetUtcNow().AddMinutes(1) : null };
        IssuedApiKey key = await gateway.CreateAsync(draft);
        switch (words)
        {
            case "none":
                return [];
            case "with the scope `orders:read`":
                break;
            case "the same, in `X-Partner-Key`":
                return [("X-Partner-Key", key.Text)];
            case "the same, in both":
                return [("X-API-Key", key.Text), ("X-Partner-Key", key.Text)];
            case "with a letter changed":
                return [("X-API-Key", $"{key.Text[..^1]}{(key.Text[^1] == 'x' ? 'y' : 'x')}")];
            case "expired":
                gateway.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case "revoked":
                await gateway.Keys.Directory.RevokeAsync(key.Key.Id, Stop);
                break;
            case "rotated an hour ago, with an overlap of a day" or "rotated an hour ago, without overlap":
                await gateway.Keys.Directory.RotateAsync(key.Key.Id, words.EndsWith("day", StringComparison.Ordinal) ? TimeSpan.FromDays(1) : TimeSpan.Zero, Stop);
                gateway.Time.Advance(TimeSpan.FromHours(1));
                await gateway.Keys.Directory.ReadAsync(Stop);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(words), words, null);
        }

        return [("X-API-Key", key.Text)];
    }

    [GeneratedRegex(@"hgk_\[0-9a-z\]\{12\}_\[0-9A-Za-z\]\{49\}")]
    private static partial Regex FormInWords();

    [GeneratedRegex("(?m)^hgk_.*$")]
    private static partial Regex Example();
}
