namespace Headgate.Storage.Sqlite;

/// <summary>A thread of the store: it takes work from a queue until that is closed and empty. SQLite waits for the disk, which no pool thread should.</summary>
internal abstract class SqliteThread
{
    /// <summary>
    /// How long a thread that does much at once waits for as much as it had the last time. A commit costs as much as many commands, and on a fast disk it is over before those come again that it
    /// was for: without patience each of many would have one of its own.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly WorkQueue _queue;
    private readonly int _mostAtOnce;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected SqliteThread(WorkQueue queue, int mostAtOnce) => (_queue, _mostAtOnce) = (queue, mostAtOnce);

    /// <summary>Ends when the thread has.</summary>
    public Task Ended => _ended.Task;

    public void Start(string name) => new Thread(Loop) { IsBackground = true, Name = name }.Start();

    /// <summary>Does work, and tells every caller of it how it ended.</summary>
    protected abstract void Do(List<StoreWork> work);

    /// <summary>Closes what the thread holds.</summary>
    protected abstract void Close();

    private void Loop()
    {
        var work = new List<StoreWork>();
        int lastTime = 1;
        while (_queue.Take(work, _mostAtOnce, expected: lastTime, Patience))
        {
            lastTime = work.Count;
            if (work.Count > 0)
                Do(work);
            work.Clear();
        }

        Close();
        _ended.SetResult();
    }
}
