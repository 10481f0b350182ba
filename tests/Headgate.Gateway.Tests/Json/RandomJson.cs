using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Headgate.Gateway.Tests.Json;

/// <summary>Random JSON with random white space and escapes, and the pieces in which it comes.</summary>
internal sealed class RandomJson(int seed)
{
    // Few names, so that fields are met; one with an escape, one that is not ASCII, one that is part of another.
    private static readonly string[] s_names = ["id", "name", "items", "price", "prices", "größe", "a\"b", "tab\t", ""];

    private readonly Random _random = new(seed);

    /// <summary>A text: what it means, and how it is written.</summary>
    public (JsonNode? Value, byte[] Text) Next()
    {
        JsonNode? value = Value(depth: 0);
        var text = new StringBuilder();
        Write(value, text);
        return (value, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Fields to choose, some of which there are.</summary>
    public string[] Fields()
    {
        string[] names = [.. s_names.Where(name => name.Length > 0)];
        return [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => string.Join('.', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => names[_random.Next(names.Length)])))];
    }

    /// <summary>A way to a value, which may not be there.</summary>
    public string[] Way() => [.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => _random.Next(3) == 0 ? _random.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture) : s_names[_random.Next(s_names.Length)])];

    /// <summary>Cuts a text into pieces.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] text)
    {
        int most = _random.Next(3) switch { 0 => 1, 1 => 7, _ => text.Length };
        for (int at = 0; at < text.Length;)
        {
            int length = Math.Min(_random.Next(1, most + 1), text.Length - at);
            yield return text.AsMemory(at, length);
            at += length;
        }
    }

    private JsonNode? Value(int depth) => _random.Next(depth > 4 ? 5 : 9) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => JsonNode.Parse(new[] { "0", "-1", "12.50", "1e3", "-0.1E-2", "12345678901234567890" }[_random.Next(6)]),
        3 or 4 => s_names[_random.Next(s_names.Length)] + "\u20AC\U0001F600\\/",
        5 or 6 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => new JsonObject(s_names.Where(_ => _random.Next(2) == 0).Select(name => KeyValuePair.Create(name, Value(depth + 1)))),
    };

    private void Write(JsonNode? value, StringBuilder text)
    {
        Space(text);
        switch (value)
        {
            case JsonObject map:
                WriteAll(text, '{', '}', map, member =>
                {
                    WriteText(member.Key, text);
                    Space(text);
                    text.Append(':');
                    Write(member.Value, text);
                });
                break;
            case JsonArray list:
                WriteAll(text, '[', ']', list, item => Write(item, text));
                break;
            case JsonValue one when one.GetValueKind() == JsonValueKind.String:
                WriteText(one.GetValue<string>(), text);
                break;
            default:
                text.Append(value?.ToJsonString() ?? "null");
                break;
        }

        Space(text);
    }

    private static void WriteAll<T>(StringBuilder text, char open, char close, IEnumerable<T> all, Action<T> write)
    {
        text.Append(open);
        string separator = "";
        foreach (T one in all)
        {
            text.Append(separator);
            separator = ",";
            write(one);
        }

        text.Append(close);
    }

    private void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
        {
            if (c < ' ' || c is '"' or '\\' || (_random.Next(4) == 0 && !char.IsSurrogate(c)))
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        text.Append('"');
    }

    private void Space(StringBuilder text) => text.Append(new[] { "", "", "", " ", "\r\n\t" }[_random.Next(5)]);
}
