using System.Threading.Channels;
using Headgate.Storage;

namespace Headgate.Integration.Events.Log;

/// <summary>Work on the store that is done whenever somebody asks for it: once for all who ask while it is done, and again and again while the store is away. Thread-safe.</summary>
/// <param name="step">What is done.</param>
/// <param name="trouble">Told when it cannot be done, once until it can again.</param>
/// <param name="recovered">Told when it can again.</param>
/// <param name="time">The clock.</param>
internal sealed class WokenWork(Func<CancellationToken, Task> step, Action<string> trouble, Action recovered, TimeProvider time)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    // One that waits to be taken stands for all that came meanwhile.
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private bool _inTrouble;

    /// <summary>Asks for it. Never blocks.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Does it until cancelled. May be begun again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Whoever asked when this failed is not forgotten.
        Wake();
        try
        {
            await foreach (bool _ in _wakes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await TryStepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task TryStepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await step(cancellationToken).ConfigureAwait(false);
            if (_inTrouble)
                recovered();
            _inTrouble = false;
        }
        catch (StoreException exception)
        {
            if (!_inTrouble)
                trouble(exception.Message);
            _inTrouble = true;

            // Nobody may ask again: who did is owed another try.
            await Task.Delay(s_retryAfter, time, cancellationToken).ConfigureAwait(false);
            Wake();
        }
    }
}
