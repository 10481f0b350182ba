using System.Text;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>
/// <c>oneOf</c> or <c>anyOf</c> with a <c>discriminator</c> (OAS 3.1.1 §4.8.25): the member that it names chooses the one schema that counts, so what is wrong is
/// told in that schema's terms.
/// </summary>
internal sealed class DiscriminatorRule : SchemaRule
{
    private readonly string _property;
    private readonly byte[] _propertyBytes;
    private readonly int _propertyHash;
    private readonly NameTable _names;
    private readonly string[] _values;
    private readonly CompiledSchema? _otherwise;

    /// <param name="property">The member that tells which schema counts.</param>
    /// <param name="branches">Its values, each with the schema that it stands for.</param>
    /// <param name="otherwise">The schema for a missing or another value (OAS 3.2); null where that is an error.</param>
    public DiscriminatorRule(string property, IReadOnlyList<KeyValuePair<string, CompiledSchema>> branches, CompiledSchema? otherwise)
    {
        _property = property;
        _propertyBytes = Encoding.UTF8.GetBytes(property);
        _propertyHash = NameHash.Of(_propertyBytes);
        _values = [.. branches.Select(branch => branch.Key)];
        Schemas = [.. branches.Select(branch => branch.Value)];
        _names = new NameTable([.. _values.Select(value => Encoding.UTF8.GetBytes(value))]);
        _otherwise = otherwise;
    }

    public CompiledSchema[] Schemas { get; }

    public override bool Evaluate(ref Evaluation e, int index, int marks)
    {
        if (e.Tokens[index].Types != JsonTypes.Object)
            return Refuse(ref e, index, $"must be an object with the member {_property}");
        int value = e.View.FindMember(index, _propertyBytes, _propertyHash);
        if (Choose(e, value) is { } schema)
            return schema.Evaluate(ref e, index, marks);
        if (e.IsQuiet)
            return false;
        if (value < 0)
            e.NoteMissing(index, "discriminator", _property, $"is required; it is one of {string.Join(", ", _values)}");
        else
            e.Note(value, "discriminator", $"must be one of {string.Join(", ", _values)}");
        return false;
    }

    private CompiledSchema? Choose(in Evaluation e, int value)
    {
        if (value < 0 || e.Tokens[value].Types != JsonTypes.String)
            return _otherwise;
        ReadOnlySpan<byte> text = e.View.Text(e.Tokens[value]);
        int branch = _names.Find(text, NameHash.Of(text));
        return branch < 0 ? _otherwise : Schemas[branch];
    }

    private static bool Refuse(ref Evaluation e, int index, string detail)
    {
        if (!e.IsQuiet)
            e.Note(index, "discriminator", detail);
        return false;
    }
}
