using System.Text;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>A form on its way to the tape, as an object of its fields, and what is found wrong with single fields meanwhile. Allocates nothing for a valid form.</summary>
internal ref struct FormValue
{
    private readonly ValidationSession _session;
    private readonly ref Violations _violations;
    private readonly int _container;
    private List<string>? _leftOut;
    private int _members;
    private (int Tokens, int Bytes) _before;

    public FormValue(ValidationSession session, ref Violations violations)
    {
        _session = session;
        _violations = ref violations;
        Builder = new InstanceBuilder(session.Tape);
        _container = Builder.Open(JsonTypes.Object);
    }

    /// <summary>Where values go.</summary>
    public InstanceBuilder Builder { get; }

    /// <summary>Begins a field: its value follows, and then <see cref="End"/>.</summary>
    public void Begin(ReadOnlySpan<byte> name)
    {
        _before = Builder.Length;
        Builder.AddName(name);
    }

    /// <summary>Ends a field. One with a problem is not looked at further, but counts as there.</summary>
    public void End(ReadOnlySpan<byte> name, string? problem)
    {
        if (problem is null)
        {
            _members++;
            return;
        }

        Leave(name);
        _violations.Add(_leftOut![^1], problem);
    }

    /// <summary>Ends a field that is not looked at, but counts as there.</summary>
    public void Leave(ReadOnlySpan<byte> name)
    {
        Builder.CutBack(_before);
        (_leftOut ??= []).Add(ParameterPointer.OfMember(Encoding.UTF8.GetString(name)));
    }

    /// <summary>Ends the form and holds it to its schema.</summary>
    /// <param name="input">The input in which values may have been left.</param>
    /// <param name="validator">The schema.</param>
    public readonly void Finish(ReadOnlySpan<byte> input, SchemaValidator validator)
    {
        Builder.Close(_container, _members);
        if (validator.Validate(input, _session.Tape, _session))
            return;
        foreach (Violation violation in _session.Violations)
        {
            if (_leftOut is null || !_leftOut.Exists(pointer => violation.Pointer == pointer))
                _violations.Add(violation.Pointer, violation.Detail);
        }
    }
}
