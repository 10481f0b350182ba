using System.Text;
using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>
/// The fields that <c>Vary</c> names, and the text that they make of a request (RFC 9111 §4.1): the same text is the same variant. Field lines of a name are joined, blanks
/// around commas do not count; of languages, codings and character sets case does not either. Immutable.
/// </summary>
internal sealed class VarySpec
{
    private readonly string[] _names;

    private VarySpec(string[] names) => _names = names;

    /// <summary>Of an answer that is the same whatever the request says.</summary>
    public static VarySpec None { get; } = new([]);

    public bool IsNone => _names.Length == 0;

    /// <summary>The text in the length of which the names count toward the memory of an answer.</summary>
    public int Chars => _names.Sum(name => name.Length);

    public static VarySpec Of(StringValues vary)
    {
        if (vary.Count == 0)
            return None;
        string[] names = [.. vary.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(name => name.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        return names.Length == 0 ? None : new VarySpec(names);
    }

    /// <summary>Whether both name the same fields.</summary>
    public bool SameAs(VarySpec other) => ReferenceEquals(this, other) || _names.AsSpan().SequenceEqual(other._names);

    /// <summary>Whether a request has the text.</summary>
    public bool Matches(GatewayContext context, string text)
    {
        if (IsNone)
            return true;
        var writer = new KeyWriter(stackalloc char[256]);
        Write(context, ref writer);
        bool same = writer.Written.SequenceEqual(text);
        writer.Dispose();
        return same;
    }

    /// <summary>The text of a request.</summary>
    public string TextOf(GatewayContext context)
    {
        if (IsNone)
            return "";
        var writer = new KeyWriter(stackalloc char[256]);
        Write(context, ref writer);
        string text = writer.Written.ToString();
        writer.Dispose();
        return text;
    }

    public override string ToString() => new StringBuilder().AppendJoin(", ", _names).ToString();

    private void Write(GatewayContext context, ref KeyWriter writer)
    {
        foreach (string name in _names)
            SelectingField.Write(name, context, ref writer);
    }
}
