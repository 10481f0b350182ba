using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>
/// Services that do what comes under a key once, and a runner that may crash anywhere: what <see cref="SagaProgress"/> is run in by its property tests. What happens at each turn is the next
/// of a list of numbers.
/// </summary>
internal sealed class SagaWorld(SagaShape shape, IReadOnlyList<int> turns)
{
    private const int MostAttempts = 3;

    private readonly bool?[] _did = new bool?[shape.Count];
    private readonly bool[] _undid = new bool[shape.Count];
    private int _turn;

    /// <summary>What was undone, in order.</summary>
    public List<int> Undone { get; } = [];

    /// <summary>Whether somebody was called at the wrong time.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Whether each step is in force now.</summary>
    public bool IsInForce(int step) => _did[step] == true && !_undid[step];

    /// <summary>Whether each step ever happened.</summary>
    public bool Happened(int step) => _did[step] == true;

    /// <summary>Runs a saga to its end, or to where a person is needed.</summary>
    /// <returns>Its progress, and whether a person is needed.</returns>
    public (SagaProgress Progress, bool NeedsAttention) Run()
    {
        SagaProgress kept = new(shape);
        bool isFresh = true;
        while (true)
        {
            SagaProgress now = Copy(kept);
            SagaMove move = now.Next;
            if (move.Kind == SagaMoveKind.None)
                return (now, false);
            bool? goesOn = move.Kind == SagaMoveKind.Undo ? Undo(now, move.Step) : Call(now, move, mayHaveArrived: !isFresh);
            if (goesOn == false)
                return (now, true);

            // Null is a crash: what was under way is not kept, and whoever comes next knows nothing of it.
            isFresh = goesOn == true;
            if (goesOn == true)
                kept = now;
        }
    }

    private bool? Call(SagaProgress now, SagaMove move, bool mayHaveArrived)
    {
        for (int attempt = 1; ; attempt++)
        {
            int turn = NextTurn();
            if (turn == 9)
                return null;
            bool isOpen = move.Kind == SagaMoveKind.Call;
            if (isOpen && turn is 7 or 8)
            {
                now.SendBack(turn == 7 ? SagaCauseKind.Cancelled : SagaCauseKind.TimedOut, mayHaveArrived);
                return true;
            }

            StepOutcome outcome = Arrive(move.Step, turn);
            if (outcome == StepOutcome.NotCalled && mayHaveArrived)
                outcome = StepOutcome.Unknown;
            mayHaveArrived |= outcome == StepOutcome.Unknown;
            if (NextTurn() == 9)
                return null;
            if (outcome is StepOutcome.Done or StepOutcome.Refused || (outcome == StepOutcome.NotCalled && isOpen))
                return now.StepEnded(outcome);
            if (attempt < MostAttempts)
                continue;
            if (!isOpen)
                return false;
            now.SendBack(SagaCauseKind.TimedOut, mayHaveArrived);
            return true;
        }
    }

    private bool? Undo(SagaProgress now, int step)
    {
        for (int attempt = 1; attempt <= MostAttempts; attempt++)
        {
            int turn = NextTurn();
            if (turn == 9)
                return null;
            if (turn is 4 or 5)
                continue;
            if (_did[step] != true)
                Faults.Add($"{step} is undone and never happened");
            if (now.IsPastPivot)
                Faults.Add($"{step} is undone after the pivot");
            if (!_undid[step])
                Undone.Add(step);
            _undid[step] = true;
            if (NextTurn() == 9)
                return null;
            if (turn == 3)
                continue;
            now.StepUndone();
            return true;
        }

        return false;
    }

    // The first call under a key decides; all later ones hear the same.
    private StepOutcome Arrive(int step, int turn)
    {
        if (_undid[step])
            Faults.Add($"{step} is done again after it was undone");
        if (turn == 5)
            return StepOutcome.NotCalled;
        if (turn == 4)
            return StepOutcome.Unknown;
        _did[step] ??= turn != 6;
        return turn == 3 ? StepOutcome.Unknown : _did[step] == true ? StepOutcome.Done : StepOutcome.Refused;
    }

    // Behind the end of the list all goes well, so that each run has an end.
    private int NextTurn() => _turn < turns.Count ? turns[_turn++] : 0;

    private SagaProgress Copy(SagaProgress kept) => new(shape, kept.Phase, kept.Steps, kept.Cause, kept.FailedStep);
}
