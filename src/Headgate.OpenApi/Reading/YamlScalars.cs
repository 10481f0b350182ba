using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Headgate.OpenApi.Reading;

/// <summary>Resolves plain scalars by the YAML 1.2 core schema (YAML 1.2.2 §10.3.2), written as JSON writes them.</summary>
internal static partial class YamlScalars
{
    // A number of more digits is no number that anybody meant, and converting it takes quadratic time.
    private const int LongestNumber = 400;

    /// <summary>The kind and the JSON text of a plain scalar; a null text for a number that JSON cannot express (<c>.inf</c>, <c>.nan</c>).</summary>
    public static (ScalarKind Kind, string? Text) Resolve(string plain)
    {
        switch (plain)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return (ScalarKind.Null, "null");
            case "true" or "True" or "TRUE":
                return (ScalarKind.Boolean, "true");
            case "false" or "False" or "FALSE":
                return (ScalarKind.Boolean, "false");
        }

        // Only these can begin a number; most scalars are left here without a regular expression.
        if (plain.Length > LongestNumber || !(char.IsAsciiDigit(plain[0]) || plain[0] is '-' or '+' or '.'))
            return (ScalarKind.String, plain);
        if (Special().IsMatch(plain))
            return (ScalarKind.Number, null);
        return Number(plain) is { } number ? (ScalarKind.Number, number) : (ScalarKind.String, plain);
    }

    private static string? Number(string plain)
    {
        if (Octal().IsMatch(plain))
            return plain[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')).ToString(CultureInfo.InvariantCulture);
        if (Hexadecimal().IsMatch(plain))
            return BigInteger.Parse("0" + plain[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        Match match = Decimal().Match(plain);
        if (!match.Success)
            return null;

        string sign = match.Groups["sign"].Value == "-" ? "-" : "";
        string whole = match.Groups["whole"].Value.TrimStart('0');
        string fraction = match.Groups["fraction"].Value;
        return sign + (whole.Length == 0 ? "0" : whole) + (fraction.Length > 0 ? "." + fraction : "") + match.Groups["exponent"].Value;
    }

    [GeneratedRegex(@"\A0o[0-7]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A(?<sign>[-+]?)(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"\A(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
