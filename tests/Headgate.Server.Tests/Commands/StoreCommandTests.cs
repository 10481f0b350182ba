using System.Text.Json;
using Headgate.Server.Commands;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

public sealed class StoreCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Status_BeforeAndAfterMigrate_TellsWhatIsThere()
    {
        string store = _directory.PathOf("gate.db");
        (int exitCode, string output) = await RunAsync("store", "status", "--store", store);
        Assert.Equal((ExitCodes.Failure, $"There is no store at {store} yet: headgate run makes it, or headgate store migrate."), (exitCode, output.TrimEnd()));
        Assert.False(File.Exists(store));

        (exitCode, output) = await RunAsync("store", "migrate", "--store", store);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains("applied leases/1 create leases", output, StringComparison.Ordinal);
        Assert.EndsWith($"{store} is up to date", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal($"{store} is up to date already", (await RunAsync("store", "migrate", "--store", store)).Output.TrimEnd());

        (exitCode, output) = await RunAsync("store", "status", "--store", store);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.StartsWith("SQLite 3.", output, StringComparison.Ordinal);
        Assert.Contains("applied  leases/1 create leases, 20", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_Unnamed_IsInTheDataDirectory()
    {
        string data = Directory.CreateDirectory(_directory.PathOf("data")).FullName;
        Assert.Equal(ExitCodes.Success, (await RunAsync("store", "migrate", "--data", data)).ExitCode);
        (int exitCode, string output) = await RunAsync("store", "status", "--data", data, "--format", "json");
        Assert.Equal(ExitCodes.Success, exitCode);
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal(Path.Combine(data, "headgate.db"), report.GetProperty("place").GetString());
        Assert.True(report.GetProperty("durable").GetBoolean());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("refusal").ValueKind);
        Assert.Contains(report.GetProperty("applied").EnumerateArray(), migration => migration.GetProperty("feature").GetString() == "leases");
        Assert.Empty(report.GetProperty("pending").EnumerateArray());
    }

    [Fact]
    public async Task Backup_ToAFileThatExists_NeedsForce()
    {
        string store = _directory.PathOf("gate.db");
        await RunAsync("store", "migrate", "--store", store);
        string copy = _directory.PathOf("copy.db");
        (int exitCode, string output) = await RunAsync("store", "backup", copy, "--store", store);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.StartsWith($"{store} is copied to {copy}, ", output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await RunAsync("store", "status", "--store", copy)).ExitCode);

        File.WriteAllText(copy, "precious");
        (exitCode, output) = await RunAsync("store", "backup", copy, "--store", store);
        Assert.Equal((ExitCodes.Usage, $"headgate: {copy} exists already. Choose another file, or replace it with --force."), (exitCode, output.TrimEnd()));
        Assert.Equal("precious", File.ReadAllText(copy));

        (exitCode, output) = await RunAsync("store", "backup", copy, "--store", store, "--force", "--format", "json");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal(new FileInfo(copy).Length, JsonDocument.Parse(output).RootElement.GetProperty("sizeBytes").GetInt64());
        Assert.Equal(ExitCodes.Success, (await RunAsync("store", "status", "--store", copy)).ExitCode);
    }

    [Fact]
    public async Task Backup_OntoTheStoreItself_IsRefused()
    {
        string store = _directory.PathOf("gate.db");
        await RunAsync("store", "migrate", "--store", store);
        Assert.Equal(ExitCodes.Usage, (await RunAsync("store", "backup", store, "--store", store, "--force")).ExitCode);
        Assert.Equal(ExitCodes.Success, (await RunAsync("store", "status", "--store", store)).ExitCode);
    }

    [Fact]
    public async Task Backup_OfAServer_NamesItsOwnTool()
    {
        (int exitCode, string output) = await RunAsync("store", "backup", "x.dump", "--store", "postgres://app:hush@127.0.0.1:9/gate");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("pg_dump", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("migrate")]
    public async Task Store_OnAServerThatDoesNotAnswer_IsOneLineWithoutThePassword(string word)
    {
        (int exitCode, string output) = await RunAsync("store", word, "--store", "postgres://app:hush@127.0.0.1:9/gate");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.StartsWith("headgate: The store postgres://app@127.0.0.1:9/gate cannot be reached: ", output, StringComparison.Ordinal);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://app:hush@127.0.0.1/gate?ssl=1")]
    [InlineData("postgres://app:hu/sh@127.0.0.1/gate")]
    [InlineData("mysql://app:hush@127.0.0.1/gate")]
    public async Task Store_ThatIsNone_IsRefusedWithoutThePassword(string store)
    {
        (int exitCode, string output) = await RunAsync("store", "status", "--store", store);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("--store: '", output, StringComparison.Ordinal);
        Assert.Contains("://app:***@127.0.0.1/gate", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sh@", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("store", "status")]
    [InlineData("store", "migrate")]
    [InlineData("store", "backup")]
    public async Task Help_OfAStoreCommand_HasExamples(params string[] words)
    {
        (int exitCode, string output) = await RunAsync([.. words, "--help"]);
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Contains($"Examples:\n  headgate {string.Join(' ', words)}", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        int exitCode = await CommandLine.RunAsync(arguments, new CommandConsole(output, output, colours: false), TestContext.Current.CancellationToken);
        return (exitCode, output.ToString());
    }
}
