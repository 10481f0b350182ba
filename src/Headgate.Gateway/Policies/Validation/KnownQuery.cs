using System.Text;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Query parameters that a document declares elsewhere than among an operation's parameters: those in which keys of its security schemes stand. Immutable, thread-safe.</summary>
internal sealed class KnownQuery(ApiDocument document)
{
    private readonly byte[][] _names = [.. document.SecuritySchemes.Values
        .Where(scheme => scheme is { In: ParameterLocation.Query, ParameterName: not null })
        .Select(scheme => Encoding.UTF8.GetBytes(scheme.ParameterName!))];

    public bool Has(ReadOnlySpan<byte> name)
    {
        foreach (byte[] known in _names)
        {
            if (name.SequenceEqual(known))
                return true;
        }

        return false;
    }
}
