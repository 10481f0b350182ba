using System.Diagnostics;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Patterns;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>One run of a schema over a value. While it is <see cref="IsQuiet"/> the first failure ends it; else every failure is noted.</summary>
internal ref struct Evaluation
{
    // More schemas inside each other than any value is deep: only a $dynamicRef that leads to itself gets here.
    private const int MostFrames = 800;

    private readonly ValidationSession _session;

    private int _frames;
    private TimeSpan _backtracking;

    public Evaluation(InstanceView view, ValidationSession session, long steps, bool isQuiet)
    {
        View = view;
        _session = session;
        Steps = steps;
        IsQuiet = isQuiet;
    }

    /// <summary>The value. A field, so that reading it copies nothing.</summary>
    public readonly InstanceView View;

    public readonly ReadOnlySpan<InstanceToken> Tokens => View.Tokens;

    public readonly EvaluationMarks Marks => _session.Marks;

    public readonly DynamicScope Scope => _session.Scope;

    public readonly ItemHashes ItemHashes => _session.ItemHashes;

    /// <summary>Schemas that may still be applied.</summary>
    public long Steps;

    /// <summary>Whether failures are not noted: in the first run, and where a schema is only tried.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Whether the run ended without a verdict, because it would have cost too much.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Begins to apply a schema; false when there may be no more.</summary>
    public bool Enter()
    {
        if (--Steps >= 0 && ++_frames <= MostFrames)
            return true;
        Exhaust();
        return false;
    }

    public void Leave() => _frames--;

    /// <summary>Applies a schema without noting why it fails.</summary>
    public bool Try(CompiledSchema schema, int index, int marks)
    {
        bool wasQuiet = IsQuiet;
        IsQuiet = true;
        bool holds = schema.Evaluate(ref this, index, marks);
        IsQuiet = wasQuiet || IsExhausted;
        return holds;
    }

    /// <summary>
    /// Whether a pattern matches the text of a token. Patterns that backtrack have a time together: beyond it the run ends without a verdict, since what nobody
    /// waited for must neither pass nor fail a <c>not</c>.
    /// </summary>
    public bool Matches(SchemaPattern pattern, int index)
    {
        ReadOnlySpan<byte> text = View.Text(Tokens[index]);
        if (!pattern.Backtracks)
            return pattern.Match(text) == PatternMatch.Found;
        long began = Stopwatch.GetTimestamp();
        PatternMatch match = pattern.Match(text);
        _backtracking += Stopwatch.GetElapsedTime(began);
        if (match != PatternMatch.TimedOut && _backtracking < SchemaPattern.MostTimeTogether)
            return match == PatternMatch.Found;
        _session.Note(new Violation(InstancePointer.Of(View, index), "pattern", $"takes too long to match against the pattern {pattern.Text}"));
        Exhaust();
        return false;
    }

    /// <summary>Notes a failure at a token. When no more are kept, the run becomes quiet and ends at the next one.</summary>
    public void Note(int index, string keyword, string detail)
    {
        if (!_session.Note(new Violation(InstancePointer.Of(View, index), keyword, detail)))
            IsQuiet = true;
    }

    /// <summary>Notes that a member is missing, at the place where it should stand.</summary>
    public void NoteMissing(int index, string keyword, string member, string detail)
    {
        string escaped = member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        if (!_session.Note(new Violation($"{InstancePointer.Of(View, index)}/{escaped}", keyword, detail)))
            IsQuiet = true;
    }

    private void Exhaust()
    {
        IsExhausted = true;
        IsQuiet = true;
        Steps = -1;
    }
}
