using Commerce.Shared.Data;
using Commerce.Simulators;

namespace Commerce.Tests;

public sealed class LedgerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("commerce-tests-").FullName;
    private readonly Database _database;

    public LedgerTests() => _database = new Database(Path.Combine(_directory, "ledger.db"), Ledger.Schema);

    private string File => Path.Combine(_directory, "ledger.jsonl");

    [Fact]
    public async Task Open_AfterACrashBetweenCommitAndAppend_AppendsWhatIsMissing()
    {
        using (var ledger = new Ledger(_database, File))
        {
            await RecordAsync("ch_1");
            ledger.CatchUp();
        }

        await RecordAsync("ch_2");
        await RecordAsync("ch_3");
        new Ledger(_database, File).Dispose();

        Assert.Equal(["1 ch_1", "2 ch_2", "3 ch_3"], Lines());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task Open_WithATornLastLine_WritesItAgainWhole(int lost)
    {
        using (var ledger = new Ledger(_database, File))
        {
            await RecordAsync("ch_1");
            await RecordAsync("ch_2");
            ledger.CatchUp();
        }

        using (var file = new FileStream(File, FileMode.Open))
            file.SetLength(file.Length - lost);
        new Ledger(_database, File).Dispose();

        Assert.Equal(["1 ch_1", "2 ch_2"], Lines());
    }

    [Fact]
    public async Task CatchUp_TwiceAndAtOnce_AppendsEachOnce()
    {
        using var ledger = new Ledger(_database, File);
        for (var i = 1; i <= 20; i++)
            await RecordAsync($"ch_{i}");

        Parallel.For(0, 8, _ => ledger.CatchUp());

        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"{i} ch_{i}"), Lines());
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .Select(line => $"{line.GetProperty("seq")} {line.GetProperty("entry").GetProperty("chargeId")}")];
    }

    private Task<int> RecordAsync(string chargeId) => _database.WriteAsync(
        connection =>
        {
            Ledger.Record(connection, new LedgerEntry { Type = "charge", ChargeId = chargeId, Amount = 1, Currency = "USD", At = "now" });
            return 0;
        },
        TestContext.Current.CancellationToken);
}
