namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>
/// A JSON number taken at its exact value, whatever its size: 0.ddd… × 10^<see cref="Magnitude"/>. Nothing is rounded and nothing is allocated.
/// </summary>
internal readonly ref struct DecimalText
{
    private const long MostExponent = 1_000_000_000_000_000;

    private readonly ReadOnlySpan<byte> _digits;

    /// <param name="text">A number by the grammar of RFC 8259 §6.</param>
    public DecimalText(ReadOnlySpan<byte> text)
    {
        IsNegative = text[0] == '-';
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        ReadOnlySpan<byte> mantissa = text[(IsNegative ? 1 : 0)..(e < 0 ? text.Length : e)];
        int first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        if (first < 0)
        {
            IsNegative = false;
            return;
        }

        int point = mantissa.IndexOf((byte)'.');
        point = point < 0 ? mantissa.Length : point;
        _digits = mantissa[first..(mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9') + 1)];
        Count = _digits.Length - (_digits.Contains((byte)'.') ? 1 : 0);
        Magnitude = (first < point ? point - first : point - first + 1) + (e < 0 ? 0 : ReadExponent(text[(e + 1)..]));
    }

    /// <summary>Whether it is below zero; zero itself never is.</summary>
    public bool IsNegative { get; }

    /// <summary>Where the decimal point stands, counted from before the first significant digit.</summary>
    public long Magnitude { get; }

    /// <summary>How many significant digits there are; 0 for zero.</summary>
    public int Count { get; }

    /// <summary>Whether there is no fraction.</summary>
    public bool IsInteger => Count <= Math.Max(Magnitude, 0);

    /// <summary>Below, equal to, or above another number: negative, 0, or positive.</summary>
    public int CompareTo(DecimalText other)
    {
        if (Sign != other.Sign)
            return Sign - other.Sign;
        int size = CompareSize(other);
        return IsNegative ? -size : size;
    }

    /// <summary>The significant digits as a number, modulo another.</summary>
    public ulong Modulo(ulong divisor)
    {
        ulong rest = 0;
        foreach (byte digit in _digits)
        {
            if (digit != '.')
                rest = ((rest * 10) + (ulong)(digit - '0')) % divisor;
        }

        return rest;
    }

    /// <summary>Equal numbers have equal hashes, however they are written.</summary>
    public int ToHash()
    {
        var hash = default(HashCode);
        hash.Add(Sign);
        hash.Add(Magnitude);
        foreach (byte digit in _digits)
        {
            if (digit != '.')
                hash.Add(digit);
        }

        return hash.ToHashCode();
    }

    private int Sign => Count == 0 ? 0 : IsNegative ? -1 : 1;

    private int CompareSize(DecimalText other)
    {
        if (Magnitude != other.Magnitude)
            return Magnitude.CompareTo(other.Magnitude);
        int mine = 0;
        int theirs = 0;
        while (true)
        {
            int one = Digit(ref mine);
            int two = other.Digit(ref theirs);
            if (one != two)
                return one - two;
            if (one < 0)
                return 0;
        }
    }

    // -1 after the last: 0.12 is below 0.120…1 and equal to 0.120, whose zero is not significant.
    private int Digit(ref int at)
    {
        if (at < _digits.Length && _digits[at] == '.')
            at++;
        return at < _digits.Length ? _digits[at++] - '0' : -1;
    }

    private static long ReadExponent(ReadOnlySpan<byte> text)
    {
        bool isNegative = text[0] == '-';
        long value = 0;
        foreach (byte digit in text[(text[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
            value = Math.Min((value * 10) + (digit - '0'), MostExponent);
        return isNegative ? -value : value;
    }
}
