using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.Server.Admin;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Admin;

/// <summary>
/// The reference page has every operation of the document, and shows what a gateway really answered. With <c>HEADGATE_UPDATE_DOCS=1</c> both parts are written instead of
/// compared.
/// </summary>
public sealed partial class AdminReferenceTests
{
    private const string Document = """
        openapi: 3.1.0
        info: { title: Pets, version: "1" }
        x-gateway-config:
          rateLimit: { limits: [{ name: per-address, by: ip, limit: 3, window: 1m }] }
        paths:
          /pets:
            get: { operationId: listPets, responses: { "200": { description: ok } } }
        """;

    private const int MostLines = 24;
    private const int MostColumns = 150;

    private static readonly JsonSerializerOptions s_oneLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Table_OfThePage_HasEveryOperation()
    {
        var table = new StringBuilder("| request | does |\n|---|---|\n");
        foreach (ApiOperation operation in AdminDocument.Current.Api.Operations)
        {
            string query = string.Join('&', operation.Parameters.Where(parameter => parameter.In == ParameterLocation.Query).Select(parameter => parameter.Name + "="));
            table.Append("| `").Append(operation.Method).Append(' ').Append(operation.BasePaths[0]).Append(operation.Path.Text).Append(query.Length == 0 ? "" : "?" + query).Append("` | ")
                .Append(((ScalarNode)operation.Node["summary"]!).Text).Append(" |\n");
        }

        Holds("endpoints", table.ToString());
    }

    [Fact]
    public async Task Examples_OfThePage_AreWhatAGatewayAnswers()
    {
        var examples = new StringBuilder();
        await using TestUpstream upstream = await TestUpstream.StartAsync();
        using var directory = new TemporaryDirectory();
        await using TestGateway gateway = await TestGateway.StartAsync(directory.Write("pets.yaml", Document), upstream.Url);
        for (int i = 0; i < 2; i++)
            await gateway.Client.GetStringAsync("/pets", TestContext.Current.CancellationToken);
        var api = new AdminApi(gateway)
        {
            Recorder = (method, path, body, status, answer) => Append(examples, $"{method} {AdminEndpoints.Prefix}{path}", body, status, answer, [directory.Path, Path.GetDirectoryName(gateway.DataDirectory)!]),
        };
        foreach ((_, Func<AdminApi, Task> call) in AdminDocumentTests.Calls)
            await call(api);
        Holds("examples", examples.ToString());
    }

    private static void Append(StringBuilder examples, string request, object? body, int status, string answer, string[] directories)
    {
        examples.Append("\n```http\n").Append(Settle(request, directories)).Append('\n');
        if (body is not null)
            examples.Append('\n').Append(body as string ?? JsonSerializer.Serialize(body, s_oneLine)).Append('\n');
        examples.Append("```\n\n");
        if (answer.Length == 0)
            examples.Append($"answers {status}.\n");
        else
            examples.Append($"answers {status}:\n\n```json\n{Cut(Settle(answer, directories))}\n```\n");
    }

    // What differs from run to run is written as in the other pages.
    private static string Settle(string text, string[] directories)
    {
        foreach (string directory in directories)
            text = text.Replace(directory, "/srv/pets", StringComparison.Ordinal);
        text = Times().Replace(text, "2026-11-20T12:01:41Z");
        text = Ids().Replace(text, "019a9f1d2c4b7e0f8a6b5c4d3e2f1a0b");
        text = Ports().Replace(text, "127.0.0.1:8080");
        text = Secrets().Replace(text, "$1PrintedOnceAndNeverAgain");
        text = SigningKeys().Replace(text, "$1SigningKeyByItsThumbprint");
        text = KeyNames().Replace(text, "twzkeiyycaam");
        return Figures().Replace(text, "$1 7");
    }

    private static string Cut(string text)
    {
        string[] lines = text.Split('\n');
        IEnumerable<string> shown = lines.Take(MostLines).Select(line => line.Length > MostColumns ? line[..MostColumns] + "…" : line);
        return string.Join('\n', lines.Length > MostLines ? shown.Append("…") : shown);
    }

    private static void Holds(string part, string expected)
    {
        string path = Path.Combine(Root(), "docs", "reference", "admin-api.md");
        string page = File.ReadAllText(path);
        int start = page.IndexOf('\n', page.IndexOf($"<!-- {part}:begin", StringComparison.Ordinal)) + 1;
        int end = page.IndexOf($"<!-- {part}:end -->", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("HEADGATE_UPDATE_DOCS") == "1")
            File.WriteAllText(path, page[..start] + expected + page[end..]);
        else
            Assert.Equal(expected, page[start..end]);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Headgate.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|\+00:00)")]
    private static partial Regex Times();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Ids();

    [GeneratedRegex("(hgs_|hgk_[0-9a-z]{12}_)[A-Za-z0-9_-]{43,}")]
    private static partial Regex Secrets();

    [GeneratedRegex("(\"keyId\": ?\"|/signing-keys/)[A-Za-z0-9_-]{43}")]
    private static partial Regex SigningKeys();

    [GeneratedRegex("(?<=hgk_|\"id\": ?\"|/keys/)[0-9a-z]{12}(?![0-9a-z])")]
    private static partial Regex KeyNames();

    [GeneratedRegex("127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Ports();

    [GeneratedRegex("(\"(?:processId|milliseconds|fullInSeconds)\":) [0-9.]+")]
    private static partial Regex Figures();
}
