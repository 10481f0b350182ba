namespace Headgate.Server.Documents;

/// <summary>
/// Reloads when a file that took part in a document changes: at once where the operating system reports changes, at intervals where it does not.
/// </summary>
internal sealed class DocumentWatcher(ConfigurationReloader reloader, TimeSpan pollInterval, TimeProvider time, ILogger<DocumentWatcher> logger)
{
    // Editors write in several steps: a change counts once the files have looked the same for this long.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>Watches until cancelled.</summary>
    /// <param name="loaded">What the files looked like before they were read, so that no change in between is missed.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(FileFingerprints loaded, CancellationToken cancellationToken)
    {
        using var hints = new ChangeHints(pollInterval, logger);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                hints.Watch(reloader.Current.FilePaths);
                FileFingerprints now = Look();
                if (now.Equals(loaded))
                {
                    await WaitForHintAsync(hints, cancellationToken);
                    continue;
                }

                loaded = await SettleAsync(now, cancellationToken);
                await reloader.ReloadAsync("file change", cancellationToken);

                // What the reload found anew is taken as it is, the rest as it was before the reload.
                loaded = loaded.For(reloader.Current.FilePaths);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The watch must outlive whatever one look runs into.
                DocumentsLog.WatchFailed(logger, exception);
                await Task.Delay(pollInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private FileFingerprints Look() => FileFingerprints.Of(reloader.Current.FilePaths);

    private async Task WaitForHintAsync(ChangeHints hints, CancellationToken cancellationToken)
    {
        using var interval = new CancellationTokenSource(pollInterval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interval.Token, cancellationToken);
        try
        {
            await hints.Reader.WaitToReadAsync(either.Token);
            hints.Reader.TryRead(out _);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The interval is over without a hint: time to look all the same.
        }
    }

    private async Task<FileFingerprints> SettleAsync(FileFingerprints seen, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 20; i++)
        {
            await Task.Delay(s_quiet, time, cancellationToken);
            FileFingerprints now = Look();
            if (now.Equals(seen))
                break;
            seen = now;
        }

        return seen;
    }
}
