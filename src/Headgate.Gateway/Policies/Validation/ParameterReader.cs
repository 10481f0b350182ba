using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// Puts together the value of one parameter from its text (<see cref="ParameterParts"/>) and holds it to its schema. A parameter may come in several pieces (<c>id=1&amp;id=2</c>, repeated header
/// fields). Allocates nothing for valid values.
/// </summary>
internal struct ParameterReader
{
    /// <summary>What is said of an object whose member stands twice: receivers differ in which one they take.</summary>
    public const string RepeatedMember = "has a member that is given more than once";

    private readonly ParameterRule _rule;
    private readonly ValidationMemory _memory;
    private readonly InstanceBuilder _value;
    private readonly int _container;
    private int _count;
    private bool _isInvalidJson;
    private string? _problem;

    /// <param name="rule">The parameter.</param>
    /// <param name="memory">The memory of the thread.</param>
    /// <param name="value">Where its value goes: the tape of that memory.</param>
    public ParameterReader(ParameterRule rule, ValidationMemory memory, InstanceBuilder value)
    {
        (_rule, _memory, _value) = (rule, memory, value);
        _container = rule.Shape switch
        {
            ParameterShape.Array => _value.Open(JsonTypes.Array),
            ParameterShape.Object => _value.Open(JsonTypes.Object),
            _ => -1,
        };
    }

    /// <summary>A reader of a value that stands alone.</summary>
    public ParameterReader(ParameterRule rule, ValidationMemory memory)
        : this(rule, memory, new InstanceBuilder(memory.Session.Tape))
    {
    }

    /// <summary>Adds one piece of text, as sent.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (_problem is not null)
            return;
        if (_rule.Shape is ParameterShape.Scalar or ParameterShape.Json)
            AddScalar(text);
        else if (_rule.Style == ParameterStyle.Form && _rule.Explode)
            AddItem(text);
        else
            AddDelimited(text);
    }

    /// <summary>Adds a member of an object whose name is known already.</summary>
    public void AddMember(ReadOnlySpan<byte> name, JsonTypes wanted, ReadOnlySpan<char> text)
    {
        _value.AddName(name);
        AddText(text, wanted);
    }

    /// <summary>Adds a member whose value is a list; its items are added by <see cref="AddText"/>.</summary>
    public int OpenList(ReadOnlySpan<byte> name)
    {
        _value.AddName(name);
        _count++;
        return _value.Open(JsonTypes.Array);
    }

    public readonly void CloseList(int list, int items) => _value.Close(list, items);

    /// <summary>Adds a value as an item of the innermost list.</summary>
    public void AddListItem(ReadOnlySpan<char> text, JsonTypes wanted)
    {
        if (_memory.TryDecode(text, _rule.Encoding, out ReadOnlySpan<byte> decoded))
            _value.AddText(decoded, wanted);
        else
            SetUndecodable();
    }

    /// <summary>Ends the value. Afterwards it is whole, unless what is wrong with its text is returned.</summary>
    public readonly string? Close()
    {
        if (_problem is not null || _container < 0)
            return _problem;
        _value.Close(_container, _count);
        return _rule.Shape == ParameterShape.Object && _value.HasRepeatedName(_container, _memory.Session) ? RepeatedMember : null;
    }

    /// <summary>Ends the value and holds it to its schema.</summary>
    public readonly void Finish(ref Violations violations)
    {
        if (Close() is { } problem)
            violations.Add(_rule.Pointer, problem);
        else if (_isInvalidJson || (_rule.Shape != ParameterShape.Json && _rule.Validator is { } validator && !validator.Validate(_memory.Session.Tape, _memory.Session)))
            violations.AddAll(_rule.Pointer, _memory.Session);
    }

    /// <summary>Notes that the text cannot be a value at all.</summary>
    public void Refuse(string problem) => _problem ??= problem;

    private void AddScalar(ReadOnlySpan<char> text)
    {
        if (_count > 0)
        {
            _problem = "is given more than once";
            return;
        }

        _problem = ParameterParts.StripPrefix(_rule, ref text);
        if (_problem is null)
            AddText(text, _rule.Types);
    }

    private void AddItem(ReadOnlySpan<char> text) => AddText(text, _rule.Wanted?.ItemTypes ?? JsonTypes.Any);

    private void AddText(ReadOnlySpan<char> text, JsonTypes wanted)
    {
        _count++;
        if (!_memory.TryDecode(text, _rule.Encoding, out ReadOnlySpan<byte> decoded))
            SetUndecodable();
        else if (_rule.Shape != ParameterShape.Json)
            _value.AddText(decoded, wanted);
        else
            _isInvalidJson = _rule.Validator is { } validator && !validator.Validate(decoded, _memory.Session);
    }

    private void AddDelimited(ReadOnlySpan<char> text)
    {
        var parts = new ParameterParts(_rule, text);
        while (_problem is null && parts.MoveNext())
        {
            if (_rule.Shape == ParameterShape.Array)
                AddItem(parts.Value);
            else
                AddNamed(parts.Name, parts.Value);
        }

        _problem ??= parts.Problem;
    }

    private void AddNamed(ReadOnlySpan<char> name, ReadOnlySpan<char> text)
    {
        if (!_memory.TryDecode(name, _rule.Encoding, out ReadOnlySpan<byte> decoded))
        {
            SetUndecodable();
            return;
        }

        int member = _rule.Wanted?.Find(decoded) ?? -1;
        _value.AddName(decoded);
        AddText(text, _rule.Wanted?.MemberTypes(member) ?? JsonTypes.Any);
    }

    private void SetUndecodable() => _problem = "is not valid percent-encoded UTF-8";
}
