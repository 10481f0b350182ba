using System.Text;
using Commerce.Shared.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Commerce.Users.Identity;

/// <summary>The parameters of a protocol request, from a query or a form: names are case-sensitive, and each stands once.</summary>
internal sealed class ProtocolParameters
{
    /// <summary>The most characters that a query or a form may have: what a URL may have too.</summary>
    public const int LongestText = 8 * 1024;

    private const string FormType = "application/x-www-form-urlencoded";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);

    private ProtocolParameters(string text)
    {
        if (text.Length > LongestText)
            throw ProtocolException.InvalidRequest("The request is too long.");
        Text = text;
        foreach (var pair in new QueryStringEnumerable(text))
        {
            var value = pair.DecodeValue();
            // RFC 6749 §3.1: a parameter without a value counts as left out.
            if (value.Length > 0 && !_values.TryAdd(pair.DecodeName().ToString(), value.ToString()))
                _repeated.Add(pair.DecodeName().ToString());
        }

        foreach (var name in _repeated)
            _values.Remove(name);
    }

    /// <summary>All of them, as they came.</summary>
    public string Text { get; }

    /// <summary>The value of that name; null when it is missing, or not to be known because it stands there more than once.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public static ProtocolParameters Parse(string text) => new(text);

    public static ProtocolParameters OfQuery(ServiceRequest request) => new(request.Http.Request.QueryString.Value ?? "");

    public static ProtocolParameters OfForm(ServiceRequest request)
    {
        var type = request.Http.Request.ContentType ?? "";
        if (!type.Split(';')[0].Trim().Equals(FormType, StringComparison.OrdinalIgnoreCase))
            throw ProtocolException.InvalidRequest($"The body must be {FormType}.");
        try
        {
            return new ProtocolParameters(Utf8.GetString(request.RawBody));
        }
        catch (DecoderFallbackException)
        {
            throw ProtocolException.InvalidRequest("The body is not UTF-8.");
        }
    }

    // RFC 6749 §3.1 and §3.2: no parameter may stand in a request more than once.
    public void RefuseRepeated()
    {
        if (_repeated.Count > 0)
            throw ProtocolException.InvalidRequest("A parameter stands there more than once.");
    }

    public string Required(string name) => this[name] ?? throw ProtocolException.InvalidRequest($"The parameter {name} is missing.");
}
