using System.Text;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary><c>enum</c> and <c>const</c> (JSON Schema Validation 2020-12 §6.1.2, §6.1.3).</summary>
internal sealed class EqualityRule : SchemaRule
{
    private const int MostNamed = 20;

    private readonly string _keyword;
    private readonly ConstantInstance[] _values;
    private readonly JsonTypes _types;
    private readonly NameTable _strings;

    public JsonTypes Types => _types;

    public EqualityRule(string keyword, ConstantInstance[] values)
    {
        _keyword = keyword;
        _values = values;
        foreach (ConstantInstance value in values)
            _types |= value.View.Tokens[0].Types;
        _strings = new NameTable([.. values.Where(value => value.View.Tokens[0].Types == JsonTypes.String).Select(value => value.View.Text(value.View.Tokens[0]).ToArray())]);
    }

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        ref readonly InstanceToken token = ref e.Tokens[index];
        bool holds = token.Types == JsonTypes.String
            ? FindString(e.View.Text(token)) >= 0
            : (token.Types & _types) != 0 && EqualsOne(ref e, index);
        if (!holds && !e.IsQuiet)
            e.Note(index, _keyword, Describe());
        return holds;
    }

    private int FindString(ReadOnlySpan<byte> text) => _strings.Find(text, NameHash.Of(text));

    private bool EqualsOne(ref Evaluation e, int index)
    {
        foreach (ConstantInstance value in _values)
        {
            if (InstanceEquality.AreEqual(value.View, 0, e.View, index, ref e.Steps))
                return true;
        }

        return false;
    }

    private string Describe()
    {
        IEnumerable<string> shown = _values.Take(MostNamed).Select(value => Encoding.UTF8.GetString(value.Json));
        string rest = _values.Length > MostNamed ? $", … ({_values.Length - MostNamed} more)" : "";
        return _values.Length == 1 ? $"must be {shown.First()}" : $"must be one of {string.Join(", ", shown)}{rest}";
    }
}
