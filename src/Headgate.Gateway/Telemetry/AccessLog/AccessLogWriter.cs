using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Telemetry.AccessLog;

/// <summary>
/// Takes lines from event threads and writes them on a thread of its own, in batches: at the latest 50 ms after the first line of a batch. A target that is slow or broken costs lines,
/// never a request its time. Thread-safe.
/// </summary>
internal sealed class AccessLogWriter : IAsyncDisposable
{
    private static readonly TimeSpan s_batchFor = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_sayEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_flushFor = TimeSpan.FromSeconds(5);

    private readonly AccessLogQueue _queue = new();
    private readonly AccessLogTarget _target;
    private readonly TimeProvider _time;
    private readonly ILogger<AccessLogWriter> _logger;
    private readonly AutoResetEvent _lines = new(initialState: false);
    private readonly AutoResetEvent _now = new(initialState: false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _reopen;
    private bool _stopping;
    private long _written;
    private long _lost;
    private long _saidDropped;
    private long _saidDroppedAt;
    private long _saidBrokenAt;

    public AccessLogWriter(AccessLogTarget target, TimeProvider time, ILogger<AccessLogWriter> logger)
    {
        _target = target;
        _time = time;
        _logger = logger;
        new Thread(Run) { IsBackground = true, Name = "headgate-access-log" }.Start();
    }

    /// <summary>Lines that reached the target.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Lines that did not, because the queue was full or the target failed.</summary>
    public long Dropped => _queue.Dropped + Volatile.Read(ref _lost);

    /// <summary>Takes a line. Never blocks for the target.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        if (!_queue.Append(line))
            return;
        _lines.Set();
    }

    /// <summary>Has the file opened anew by its name before the next line, after it was renamed by a rotation.</summary>
    public void Reopen()
    {
        Volatile.Write(ref _reopen, true);
        Wake();
    }

    /// <summary>Writes what is queued and closes the target; gives up after 5 s when the target does not take it.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _stopping, true);
        Wake();
        try
        {
            await _ended.Task.WaitAsync(s_flushFor, _time);
        }
        catch (TimeoutException exception)
        {
            AccessLogMessages.CannotWrite(_logger, exception, _target.Name);
        }
    }

    private void Wake()
    {
        _now.Set();
        _lines.Set();
    }

    private void Run()
    {
        try
        {
            while (!Volatile.Read(ref _stopping))
            {
                _lines.WaitOne();
                if (!Volatile.Read(ref _stopping) && !Volatile.Read(ref _reopen))
                    _now.WaitOne(s_batchFor);
                WriteAll();
            }

            WriteAll();
            _target.Dispose();
        }
        catch (Exception exception)
        {
            // The thread has no one to throw to, and a log that ended must not end the gateway.
            AccessLogMessages.CannotWrite(_logger, exception, _target.Name);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private void WriteAll()
    {
        CloseIfAsked();
        while (_queue.Take() is { } chunk)
        {
            CloseIfAsked();
            Write(chunk);
            _queue.Return(chunk);
        }

        SayDropped();
    }

    // Looked at before each block, so that a line that follows the call to reopen is in the new file.
    private void CloseIfAsked()
    {
        if (Interlocked.Exchange(ref _reopen, false))
            _target.Close();
    }

    private void Write(LogChunk chunk)
    {
        try
        {
            _target.Write(chunk.Written);
            Volatile.Write(ref _written, _written + chunk.Lines);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _target.Close();
            Volatile.Write(ref _lost, _lost + chunk.Lines);
            if (IsTimeToSay(ref _saidBrokenAt))
                AccessLogMessages.CannotWrite(_logger, exception, _target.Name);
        }
    }

    private void SayDropped()
    {
        long dropped = _queue.Dropped;
        bool isDue = dropped != _saidDropped && (Volatile.Read(ref _stopping) || IsTimeToSay(ref _saidDroppedAt));
        if (!isDue)
            return;
        AccessLogMessages.Dropped(_logger, dropped - _saidDropped);
        _saidDropped = dropped;
    }

    private bool IsTimeToSay(ref long saidAt)
    {
        long now = _time.GetTimestamp();
        if (saidAt != 0 && _time.GetElapsedTime(saidAt, now) < s_sayEvery)
            return false;
        saidAt = now;
        return true;
    }
}
