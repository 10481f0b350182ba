using System.Buffers;
using System.Text;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>Where in a request a credential of Headgate's own stands: in a header field, a query parameter or a cookie. Immutable.</summary>
/// <param name="In">Which of the three.</param>
/// <param name="Name">The name there. Those of header fields are compared without regard to case.</param>
public sealed record CredentialPlace(ParameterLocation In, string Name)
{
    // The bytes of the name, each as a character: what percent-encoding stands for.
    private readonly string _name = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Name));

    /// <summary>What a value contains that is Headgate's own, where others' credentials stand in the same place; null where every value is.</summary>
    public string? Mark { get; init; }

    /// <summary>Whether a value in this place is Headgate's own.</summary>
    internal bool Owns(ReadOnlySpan<char> value) => Mark is null || value.Contains(Mark, StringComparison.Ordinal);

    /// <summary>Whether a header field is this one.</summary>
    internal bool IsField(string name) => In == ParameterLocation.Header && name.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a pair of the query, or of cookies, where it stands in one, is this one.</summary>
    internal bool IsPair(ReadOnlySpan<char> name) => In == ParameterLocation.Cookie ? name.SequenceEqual(Name) : IsParameter(name);

    // A service decodes the names of parameters, so the same is done here: what it would take for the credential must be one (WHATWG URL §5.1).
    private bool IsParameter(ReadOnlySpan<char> sent)
    {
        Span<byte> octet = stackalloc byte[1];
        int at = 0;
        for (int i = 0; i < sent.Length; i++, at++)
        {
            int value = sent[i] == '+' ? ' ' : sent[i];
            if (value == '%' && i + 2 < sent.Length && Convert.FromHexString(sent.Slice(i + 1, 2), octet, out _, out _) == OperationStatus.Done)
            {
                value = octet[0];
                i += 2;
            }

            if (at >= _name.Length || _name[at] != value)
                return false;
        }

        return at == _name.Length;
    }
}
