using System.Globalization;

namespace Headgate.Gateway.BuiltIns;

/// <summary>Reads whole numbers as JSON Schema has them: <c>10</c>, <c>10.0</c> and <c>1e1</c> are the same one. Stateless, thread-safe.</summary>
public static class WholeNumber
{
    /// <summary>Reads a parameter that a document declares as an integer, within bounds that 64 bits hold: that has been checked before.</summary>
    public static long Read(string text) => (long)decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);
}
