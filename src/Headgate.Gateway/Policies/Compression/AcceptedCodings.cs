using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Compression;

/// <summary>Reads <c>Accept-Encoding</c> (RFC 9110 §12.5.3). Stateless; allocates nothing.</summary>
internal static class AcceptedCodings
{
    /// <summary>The coding that the client likes best; of those that it likes equally the first that is offered.</summary>
    /// <param name="accepted">The values of <c>Accept-Encoding</c>.</param>
    /// <param name="offered">What is offered, the preferred first.</param>
    /// <returns>Null where the client has none of them, or would rather have the answer as it is.</returns>
    public static ContentCoding? Choose(StringValues accepted, IReadOnlyList<ContentCoding> offered)
    {
        ContentCoding? best = null;

        // RFC 9110 §12.5.3: identity is acceptable unless it is refused; what is weighed lower than it loses.
        double bestWeight = WeightOf(accepted, "identity") ?? 0;
        for (int i = 0; i < offered.Count; i++)
        {
            double weight = WeightOf(accepted, NameOf(offered[i])) ?? WeightOf(accepted, "*") ?? 0;
            if (weight > 0 && (weight > bestWeight || (best is null && weight == bestWeight)))
                (best, bestWeight) = (offered[i], weight);
        }

        return best;
    }

    /// <summary>The name in <c>Content-Encoding</c>.</summary>
    public static string NameOf(ContentCoding coding) => coding == ContentCoding.Br ? "br" : "gzip";

    private static double? WeightOf(StringValues accepted, string name)
    {
        foreach (string? list in accepted)
        {
            foreach (Range range in list.AsSpan().Split(','))
            {
                ReadOnlySpan<char> item = list.AsSpan(range);
                int parameters = item.IndexOf(';');
                ReadOnlySpan<char> coding = (parameters < 0 ? item : item[..parameters]).Trim();
                if (coding.Equals(name, StringComparison.OrdinalIgnoreCase) || (name == "gzip" && coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)))
                    return parameters < 0 ? 1 : Weight(item[(parameters + 1)..].Trim());
            }
        }

        return null;
    }

    // RFC 9110 §12.4.2; what is no weight is none that was meant.
    private static double Weight(ReadOnlySpan<char> parameter)
    {
        if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            return 1;
        return double.TryParse(parameter[2..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight) ? Math.Min(weight, 1) : 0;
    }
}
