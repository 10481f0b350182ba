using System.Text;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>The number of <c>multipleOf</c>. Exact, for any value: 0.3 is a multiple of 0.1.</summary>
internal sealed class NumberStep
{
    /// <summary>The most significant digits that the number of a schema may have, so that the arithmetic stays exact in 64 bits.</summary>
    public const int MostDigits = 18;

    private readonly string _text;
    private readonly ulong _digits;
    private readonly long _exponent;

    private NumberStep(string text, ulong digits, long exponent)
    {
        _text = text;
        _digits = digits;
        _exponent = exponent;
    }

    /// <summary>The step of a number as JSON writes it; null when it is not above zero or has too many digits.</summary>
    public static NumberStep? Parse(string text)
    {
        var number = new DecimalText(Encoding.ASCII.GetBytes(text));
        return number.IsNegative || number.Count is 0 or > MostDigits ? null : new NumberStep(text, number.Modulo(ulong.MaxValue / 16), number.Magnitude - number.Count);
    }

    public override string ToString() => _text;

    public bool Divides(ReadOnlySpan<byte> text, long? integer)
    {
        if (integer is { } value && _exponent == 0)
            return value % (long)_digits == 0;
        var number = new DecimalText(text);
        if (number.Count == 0)
            return true;

        // Both are digits × 10^exponent, and digits of a number never end in zero: one with more decimals than the step is no multiple.
        long shift = number.Magnitude - number.Count - _exponent;
        return shift >= 0 && Multiply(number.Modulo(_digits), PowerOfTen(shift)) == 0;
    }

    private ulong Multiply(ulong one, ulong other) => (ulong)((UInt128)one * other % _digits);

    private ulong PowerOfTen(long exponent)
    {
        ulong power = 1 % _digits;
        ulong factor = 10 % _digits;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                power = Multiply(power, factor);
            factor = Multiply(factor, factor);
        }

        return power;
    }
}
