using System.Runtime.InteropServices;

namespace Headgate.Server.Hosting;

/// <summary>The signals of the process: the first SIGTERM or SIGINT asks to stop, the second ends the process at once, SIGHUP reloads.</summary>
internal sealed class ProcessSignals : IDisposable
{
    // What shells report for a process that a signal ended: 128 and the signal's number.
    private const int InterruptedExitCode = 130;
    private const int TerminatedExitCode = 143;

    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];

    public ProcessSignals()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, InterruptedExitCode)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, TerminatedExitCode)));
    }

    /// <summary>Says what SIGHUP does. Signals that come while one is worked on are done after it. Until this is called it ends the process, as the system has it.</summary>
    /// <param name="ready">Completes when there is something to reload: a signal that comes before waits for that.</param>
    /// <param name="reload">What it does.</param>
    /// <param name="logger">Where it is told that it failed.</param>
    public void OnReload(Task ready, Func<Task> reload, ILogger logger) => _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        ready.ContinueWith(_ => reload(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default).Unwrap().ContinueWith(
            failed => HostingLog.ReloadFailed(logger, failed.Exception!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }));

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForStopAsync(CancellationToken cancellationToken) => _stop.Task.WaitAsync(cancellationToken);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
    }

    private void Stop(PosixSignalContext signal, int exitCode)
    {
        signal.Cancel = true;
        if (!_stop.TrySetResult())
            Environment.Exit(exitCode);
    }
}
