namespace Headgate.Integration.Sagas.Progress;

/// <summary>
/// How far a saga is: a state machine that calls nobody. Whoever runs it asks for <see cref="Next"/>, keeps the state, does what it says, and tells what came of it. The state after
/// a crash is the one that was kept: what was under way is then done again under the same idempotency key. Not thread-safe.
/// </summary>
/// <remarks>
/// A step of which nobody knows whether it happened is settled before anything is undone: what undoes it could otherwise come before it. After the pivot happened it only goes forward.
/// </remarks>
internal sealed class SagaProgress
{
    private readonly SagaShape _shape;
    private readonly StepState[] _steps;

    /// <summary>A saga that begins.</summary>
    public SagaProgress(SagaShape shape)
    {
        (_shape, _steps) = (shape, new StepState[shape.Count]);
        _steps[0] = StepState.Calling;
    }

    /// <summary>A saga as it was kept.</summary>
    public SagaProgress(SagaShape shape, SagaPhase phase, IReadOnlyList<StepState> steps, SagaCauseKind cause, int failed)
    {
        if (steps.Count != shape.Count)
            throw new ArgumentException($"The saga has {shape.Count} steps, and {steps.Count} were kept.", nameof(steps));
        (_shape, _steps, Phase, Cause, FailedStep) = (shape, [.. steps], phase, cause, failed);
    }

    /// <summary>Where it is going.</summary>
    public SagaPhase Phase { get; private set; }

    /// <summary>Why it goes back.</summary>
    public SagaCauseKind Cause { get; private set; }

    /// <summary>The step that is the cause of that; without meaning without one.</summary>
    public int FailedStep { get; private set; }

    /// <summary>Where each step is.</summary>
    public IReadOnlyList<StepState> Steps => _steps;

    /// <summary>Whether nothing is undone any more.</summary>
    public bool IsPastPivot => _shape.Pivot < _shape.Count && _steps[_shape.Pivot] == StepState.Done;

    /// <summary>Whether nothing turns it round any more: it goes back or has gone, and there is no step of which it is not known whether it was done.</summary>
    public bool HasTurnedBack => Phase == SagaPhase.Undone || (Phase == SagaPhase.Back && Array.IndexOf(_steps, StepState.Calling) < 0);

    /// <summary>Whether it may still be sent back.</summary>
    public bool CanGoBack => Phase == SagaPhase.Forward && !IsPastPivot;

    /// <summary>What to do now.</summary>
    public SagaMove Next
    {
        get
        {
            if (Phase is SagaPhase.Succeeded or SagaPhase.Undone)
                return default(SagaMove) with { Kind = SagaMoveKind.None };
            int calling = Array.IndexOf(_steps, StepState.Calling);
            if (calling >= 0)
                return new SagaMove(Phase == SagaPhase.Back || IsPastPivot ? SagaMoveKind.Settle : SagaMoveKind.Call, calling);
            return new SagaMove(SagaMoveKind.Undo, Array.IndexOf(_steps, StepState.Undoing));
        }
    }

    /// <summary>Tells what came of the step of <see cref="Next"/>; that nobody knows is no news.</summary>
    /// <returns>Whether it can go on; false for a refusal after the pivot, which leaves it where it is.</returns>
    public bool StepEnded(StepOutcome outcome)
    {
        int step = Next.Step;
        if (outcome == StepOutcome.Done)
        {
            _steps[step] = StepState.Done;
            GoOnAfter(step);
            return true;
        }

        if (outcome == StepOutcome.Unknown || IsPastPivot)
            return false;
        _steps[step] = StepState.NotDone;
        if (Phase == SagaPhase.Forward)
            (Phase, Cause, FailedStep) = (SagaPhase.Back, outcome == StepOutcome.Refused ? SagaCauseKind.Refused : SagaCauseKind.NotCalled, step);
        GoBack();
        return true;
    }

    /// <summary>Tells that the step of <see cref="Next"/> is undone.</summary>
    public void StepUndone()
    {
        _steps[Next.Step] = StepState.Undone;
        GoBack();
    }

    /// <summary>Sends it back, where it <see cref="CanGoBack"/>: the step that is under way is settled first, unless nobody was called for it.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="isCalled">Whether the service of the step that is under way may have been called.</param>
    public void SendBack(SagaCauseKind cause, bool isCalled)
    {
        int step = Next.Step;
        (Phase, Cause, FailedStep) = (SagaPhase.Back, cause, step);
        if (isCalled)
            return;
        _steps[step] = StepState.NotDone;
        GoBack();
    }

    // All done is all done, and a pivot that happened after all turns it round, whyever it went back.
    private void GoOnAfter(int step)
    {
        if (step == _shape.Count - 1)
        {
            (Phase, Cause) = (SagaPhase.Succeeded, SagaCauseKind.None);
        }
        else if (Phase == SagaPhase.Forward || IsPastPivot)
        {
            (Phase, Cause) = (SagaPhase.Forward, SagaCauseKind.None);
            _steps[step + 1] = StepState.Calling;
        }
        else
        {
            GoBack();
        }
    }

    private void GoBack()
    {
        for (int step = _shape.Count - 1; step >= 0; step--)
        {
            if (_steps[step] != StepState.Done || !_shape.CanUndo[step])
                continue;
            _steps[step] = StepState.Undoing;
            return;
        }

        Phase = SagaPhase.Undone;
    }
}
