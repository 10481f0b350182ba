using Headgate.OpenApi.Schemas.Instances;
using Headgate.OpenApi.Schemas.Rules;

namespace Headgate.OpenApi.Schemas;

/// <summary>
/// A compiled schema. A JSON text is read once, onto a tape, and the schema applied to the tape; a valid value allocates nothing. What is wrong with an invalid
/// one is found by a second run, all of it up to a limit. Immutable and thread-safe.
/// </summary>
public sealed class SchemaValidator
{
    // Schemas of few values may be large.
    private const int FurtherValues = 20;

    private readonly CompiledSchema _schema;
    private readonly SchemaLimits _limits;

    internal SchemaValidator(CompiledSchema schema, SchemaLimits limits)
    {
        _schema = schema;
        _limits = limits;
    }

    /// <summary>The types of values that can be valid, as far as that can be seen without a value.</summary>
    public JsonTypes Types => SchemaTypes.Of(_schema);

    /// <summary>Whether every string is valid: then there is nothing to check of a text.</summary>
    public bool AllowsEveryText => _schema.IsTypeAlone && (_schema.Types & JsonTypes.String) != 0;

    /// <summary>Whether checking a value may take long: a pattern backtracks, held by its time limit alone. Such a schema is not applied on an event thread.</summary>
    public bool IsSlow { get; init; }

    /// <summary>What the schema wants of values that come as text. Computed on each call: for compiling, not for requests.</summary>
    public SchemaShape DescribeShape() => new(_schema);

    /// <summary>Whether a JSON text is valid. What is wrong stands in the session afterwards.</summary>
    /// <param name="json">The text, UTF-8.</param>
    /// <param name="session">Memory of this validation; not used by another at the same time.</param>
    public bool Validate(ReadOnlySpan<byte> json, ValidationSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.Begin(_limits.MaxViolations);
        var tokenizer = new JsonTokenizer(json, session.Tape, _limits.Json, session.Names, session.Open.AsSpan(0, _limits.Json.MaxDepth));
        JsonFault fault = tokenizer.Read();
        if (fault != JsonFault.None)
        {
            session.Note(new Violation("", "json", JsonFaultText.Of(fault, tokenizer.Position, _limits.Json)));
            return false;
        }

        return Apply(new InstanceView(json, session.Tape), session);
    }

    /// <summary>Whether a value that was put on a tape by other means than JSON is valid. What is wrong stands in the session afterwards.</summary>
    /// <param name="tape">One whole value.</param>
    /// <param name="session">Memory of this validation; not used by another at the same time.</param>
    public bool Validate(InstanceTape tape, ValidationSession session) => Validate([], tape, session);

    /// <summary>Whether a value that was put on a tape, some of it as places in an input, is valid. What is wrong stands in the session afterwards.</summary>
    /// <param name="input">The input.</param>
    /// <param name="tape">One whole value.</param>
    /// <param name="session">Memory of this validation; not used by another at the same time.</param>
    public bool Validate(ReadOnlySpan<byte> input, InstanceTape tape, ValidationSession session)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(session);
        session.Begin(_limits.MaxViolations);
        return Apply(new InstanceView(input, tape), session);
    }

    private bool Apply(InstanceView view, ValidationSession session)
    {
        long allowed = Math.Min(_limits.MaxSteps, _limits.MaxStepsPerValue * (view.Tokens.Length + FurtherValues));
        long steps = Math.Min(allowed, session.MostSteps);
        var quick = new Evaluation(view, session, steps, isQuiet: true);
        if (_schema.Evaluate(ref quick, 0, -1) && !quick.IsExhausted && quick.Steps >= 0)
            return true;
        session.Reset();
        if (!quick.IsExhausted && quick.Steps >= 0)
        {
            var thorough = new Evaluation(view, session, steps, isQuiet: false);
            _schema.Evaluate(ref thorough, 0, -1);
        }
        else
        {
            session.RanOut |= steps < allowed;
        }

        if (session.Violations.Count == 0)
            session.Note(new Violation("", "limit", "takes more steps to check against its schema than Headgate takes"));
        return false;
    }
}
