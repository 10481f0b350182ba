using Headgate.Storage.Migrations;

namespace Headgate.Storage.Sqlite;

/// <summary>A store in a file: one thread writes, a few read, none is the caller's.</summary>
internal sealed class SqliteStore : Store
{
    private readonly SqliteFile _file;
    private readonly WorkQueue _commands;
    private readonly WorkQueue _queries;
    private readonly SqliteThread[] _threads;

    public SqliteStore(StoreLocation location, StoreOptions options, IReadOnlyList<MigrationSet> schema, ILogger logger, TimeProvider time)
        : base(location, options, schema, logger, time)
    {
        _file = new SqliteFile(location.Path!, options.LockTimeout);
        (_commands, _queries) = (new WorkQueue(options.MaxWaiting), new WorkQueue(options.MaxWaiting));
        var writer = new SqliteWriter(_commands, _file, options, Schema, Condition);
        var readers = Enumerable.Range(1, options.Readers).Select(_ => new SqliteReader(_queries, _file, options, Condition));
        _threads = [writer, .. readers];
        foreach ((int at, SqliteThread thread) in _threads.Index())
            thread.Start(at == 0 ? "store writer" : $"store reader {at}");
    }

    public override Task<T> WriteAsync<T>(Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) => QueueAsync(_commands, command, cancellationToken);

    public override async Task<bool> WriteAsync(StoreScript script, CancellationToken cancellationToken)
    {
        try
        {
            return await QueueAsync(_commands, script.RunAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (ScriptRefusedException)
        {
            return false;
        }
    }

    // The one writer gives everybody turns.
    public override Task<T> WriteInTurnAsync<T>(string turn, Func<StoreSession, ValueTask<T>> command, CancellationToken cancellationToken) => WriteAsync(command, cancellationToken);

    public override Task<T> ReadAsync<T>(Func<StoreSession, ValueTask<T>> query, CancellationToken cancellationToken) => QueueAsync(_queries, query, cancellationToken);

    public override IAsyncEnumerable<string> ListenAsync(string name, CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();

    public override Task<StoreInspection> InspectAsync(CancellationToken cancellationToken) =>
        Task.Run(() => new SqliteInspector(_file, Schema).InspectAsync(), cancellationToken);

    internal override void ExpireWaiting()
    {
        long before = Time.GetTimestamp() - (long)(Options.WaitTimeout.TotalSeconds * Time.TimestampFrequency);
        _commands.Expire(before, TimedOut);
        _queries.Expire(before, TimedOut);
    }

    // The writer does it whenever it opens the file.
    private protected override Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private protected override async ValueTask CloseAsync()
    {
        // The writer last: the last connection to close puts the log into the file.
        _queries.Close();
        await Task.WhenAll(_threads.Skip(1).Select(thread => thread.Ended));
        _commands.Close();
        await _threads[0].Ended;
    }

    private Task<T> QueueAsync<T>(WorkQueue queue, Func<StoreSession, ValueTask<T>> body, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var work = new SqliteWork<T>(body, Time.GetTimestamp(), cancellationToken);
        if (!queue.TryAdd(work))
            work.GiveUp(new StoreException(StoreProblems.Overloaded(Location, Options)));
        return work.Task;
    }

    private StoreException TimedOut() => new(StoreProblems.WaitedTooLong(Location, Options));
}
