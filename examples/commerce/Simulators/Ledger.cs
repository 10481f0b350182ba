using System.Text;
using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Web;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Commerce.Simulators;

/// <summary>
/// The provider's books: a file of JSON lines that is only ever appended to, for an independent reader. A movement is
/// first committed with its charge or refund, then appended and flushed before anybody is answered; what a crash cut off
/// in between is appended at the next start, and a torn last line is written again.
/// </summary>
internal sealed class Ledger : IDisposable
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS ledger (seq INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL);";

    private readonly Database _database;
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private long _written;

    public Ledger(Database database, string file)
    {
        _database = database;
        _file = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _written = RecoverLast();
        CatchUp();
    }

    /// <summary>Notes a movement inside the transaction that makes it.</summary>
    public static void Record(SqliteConnection connection, LedgerEntry entry) =>
        connection.Execute("INSERT INTO ledger (entry) VALUES (@entry)", new { entry = Json.Text(entry) });

    /// <summary>Appends everything that is committed and not in the file yet.</summary>
    public void CatchUp()
    {
        lock (_gate)
        {
            var lines = _database.Read(connection => connection
                .Query<(long Seq, string Entry)>("SELECT seq, entry FROM ledger WHERE seq > @_written ORDER BY seq", new { _written }).AsList());
            if (lines.Count == 0)
                return;
            foreach (var (seq, entry) in lines)
                _file.Write(Encoding.UTF8.GetBytes(Json.Text(new LedgerLine(seq, Json.Read<LedgerEntry>(entry))) + "\n"));
            _file.Flush(flushToDisk: true);
            _written = lines[^1].Seq;
        }
    }

    public void Dispose() => _file.Dispose();

    // Leaves the file after its last whole line and returns that line's number.
    private long RecoverLast()
    {
        using var reader = new StreamReader(_file, Encoding.UTF8, false, 64 * 1024, leaveOpen: true);
        long last = 0;
        long end = 0;
        while (reader.ReadLine() is { } line)
        {
            var length = Encoding.UTF8.GetByteCount(line) + 1;
            if (end + length > _file.Length)
                break;
            end += length;
            last = JsonSerializer.Deserialize<LedgerLine>(line, Json.Options)!.Seq;
        }

        _file.SetLength(end);
        _file.Seek(end, SeekOrigin.Begin);
        return last;
    }
}
