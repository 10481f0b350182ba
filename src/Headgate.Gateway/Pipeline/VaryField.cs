using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Pipeline;

/// <summary>Writes <c>Vary</c> (RFC 9110 §12.5.5), so that no cache gives an answer to a request that would have had another. Stateless.</summary>
internal static class VaryField
{
    /// <summary>Adds the name of a request's field, unless it stands there already, or <c>*</c> does.</summary>
    public static void Add(IHeaderDictionary headers, string name)
    {
        StringValues vary = headers.Vary;
        foreach (string? list in vary)
        {
            if (Names(list, name))
                return;
        }

        headers.Vary = StringValues.Concat(vary, name);
    }

    private static bool Names(ReadOnlySpan<char> list, string name)
    {
        foreach (Range range in list.Split(','))
        {
            ReadOnlySpan<char> item = list[range].Trim();
            if (item is "*" || item.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
