using System.Threading.Channels;

namespace Headgate.Server.Documents;

/// <summary>
/// Listens for what the operating system reports about the directories of some files. A report is a hint to look at the files, no more: reports are lost, come
/// twice, and come before a file is complete. Used by one thread at a time; reports come on any.
/// </summary>
internal sealed class ChangeHints(TimeSpan pollInterval, ILogger logger) : IDisposable
{
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<string, FileSystemWatcher?> _watchers = new(StringComparer.Ordinal);

    /// <summary>Has an item when there was a report since the last look.</summary>
    public ChannelReader<bool> Reader => _hints.Reader;

    /// <summary>Watches the directories of these files, and no other any more.</summary>
    public void Watch(IEnumerable<string> paths)
    {
        HashSet<string> directories = [.. paths.Select(Path.GetDirectoryName).OfType<string>()];
        foreach (string gone in _watchers.Keys.Except(directories).ToList())
        {
            _watchers[gone]?.Dispose();
            _watchers.Remove(gone);
        }

        foreach (string directory in directories.Where(directory => !_watchers.ContainsKey(directory)))
            _watchers.Add(directory, Open(directory));
    }

    public void Dispose()
    {
        foreach (FileSystemWatcher? watcher in _watchers.Values)
            watcher?.Dispose();
        _watchers.Clear();
    }

    private FileSystemWatcher? Open(string directory)
    {
        try
        {
            var watcher = new FileSystemWatcher(directory) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite };
            watcher.Changed += (_, _) => Hint();
            watcher.Created += (_, _) => Hint();
            watcher.Deleted += (_, _) => Hint();
            watcher.Renamed += (_, _) => Hint();
            watcher.Error += (_, _) => Hint();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // No such directory, or the system's limit of watches is reached: comparing at intervals still finds changes.
            DocumentsLog.WatchingFailed(logger, directory, exception.Message, pollInterval);
            return null;
        }
    }

    private void Hint() => _hints.Writer.TryWrite(true);
}
