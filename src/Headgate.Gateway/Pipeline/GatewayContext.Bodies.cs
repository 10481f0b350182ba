using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Pipeline;

/// <content>The memory that the request holds for its body, where something needs the whole of that.</content>
public sealed partial class GatewayContext
{
    private static readonly TimeSpan s_bodiesRetryAfter = TimeSpan.FromSeconds(1);

    // None for requests of the gateway's own, whose bodies are those of a client's or Headgate's.
    private readonly MemoryBudget? _bodies;
    private long _heldBytes;

    /// <summary>What is told when <see cref="TryHold"/> says no.</summary>
    internal static GatewayFailure BodiesFull { get; } =
        new(ErrorCatalogue.RequestMemoryFull, "The requests under way hold as much of their bodies as they may together.") { RetryAfter = s_bodiesRetryAfter };

    /// <summary>
    /// Takes memory for the body until the request ends, of what all requests together may hold: each may be small enough, and all of them too much. Called as bytes arrive and not for what
    /// is only declared, so that a client pays for memory with what it sends.
    /// </summary>
    /// <returns>False when there is none left.</returns>
    internal bool TryHold(long bytes)
    {
        if (_bodies is null)
            return true;
        if (!_bodies.TryTake(bytes))
            return false;
        _heldBytes += bytes;
        return true;
    }

    private void LetGoOfBody()
    {
        if (_heldBytes == 0)
            return;
        _bodies!.GiveBack(_heldBytes);
        _heldBytes = 0;
    }
}
