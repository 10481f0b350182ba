using System.Globalization;
using System.Text;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>A number of a schema to which values are compared exactly.</summary>
internal sealed class NumberBound
{
    private readonly byte[] _text;
    private readonly long? _integer;

    /// <param name="text">A number as JSON writes it.</param>
    public NumberBound(string text)
    {
        _text = Encoding.ASCII.GetBytes(text);
        _integer = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    public override string ToString() => Encoding.ASCII.GetString(_text);

    /// <summary>How a value compares to the bound: negative below, 0 equal, positive above.</summary>
    /// <param name="text">The value's text.</param>
    /// <param name="integer">The value, where it is an integer of at most 18 digits.</param>
    public int Compare(ReadOnlySpan<byte> text, long? integer) =>
        integer is { } value && _integer is { } bound ? value.CompareTo(bound) : new DecimalText(text).CompareTo(new DecimalText(_text));
}
