using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// The memory of a validation: the value on its tape, and what was found wrong. Used for one value after the other, so that valid ones allocate nothing in the
/// steady state. Not thread-safe.
/// </summary>
public sealed class ValidationSession
{
    private readonly List<Violation> _violations = [];
    private int _mostViolations;

    /// <summary>What was wrong with the last value; empty when it was valid. Ends early at the validator's most violations.</summary>
    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The last value; free to build the next one on.</summary>
    public InstanceTape Tape { get; } = new();

    /// <summary>How often schemas may be applied to one value, where that is less than the validator's own limit: for threads that must not be held for long.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>Whether a value was given up because of <see cref="MostSteps"/>. Stays until it is set back.</summary>
    public bool RanOut { get; set; }

    internal DuplicateNames Names { get; } = new();

    internal int[] Open { get; } = new int[256];

    internal EvaluationMarks Marks { get; } = new();

    internal DynamicScope Scope { get; } = new();

    internal ItemHashes ItemHashes { get; } = new();

    /// <summary>Gives back what an unusually large value took.</summary>
    public void Trim() => Tape.Clear();

    internal void Begin(int mostViolations)
    {
        _mostViolations = mostViolations;
        _violations.Clear();
        Reset();
    }

    internal void Reset()
    {
        Marks.Clear();
        Scope.Clear();
    }

    /// <summary>Keeps a violation; false when no more are kept.</summary>
    internal bool Note(Violation violation)
    {
        if (_violations.Count < _mostViolations)
            _violations.Add(violation);
        return _violations.Count < _mostViolations;
    }
}
