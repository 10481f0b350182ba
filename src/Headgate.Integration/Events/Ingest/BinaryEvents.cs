using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Events.Ingest;

/// <summary>Reads an event in binary mode (CloudEvents HTTP binding 1.0.2 §3.1): attributes in <c>ce-</c> fields, the body is the data. Stateless, thread-safe.</summary>
internal static partial class BinaryEvents
{
    /// <summary>What attributes' fields begin with.</summary>
    public const string Prefix = "ce-";

    // What stands for the body among the names of attributes.
    private const string Body = "";

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static EventDraft Read(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var draft = new EventDraft(name => name == Body ? "" : $"#/header/{(name == "datacontenttype" ? "content-type" : Prefix + name)}") { Data = body.ToArray(), DataName = Body };
        foreach ((string field, StringValues values) in headers)
        {
            if (!field.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            string name = field[Prefix.Length..].ToLowerInvariant();

            // §3.1.1: it is Content-Type.
            if (name == "datacontenttype")
                draft.Report(name, "must be told by Content-Type alone, not by ce-datacontenttype.");
            else if (values is [{ } text] && Decode(text) is { } value)
                draft.Add(name, value);
            else
                draft.Report(name, values.Count == 1 ? "is not percent-encoded UTF-8." : "stands there more than once.");
        }

        if (headers.ContentType is [{ Length: > 0 } contentType])
            draft.Add("datacontenttype", contentType);
        if (body.Length > 0 && draft["datacontenttype"] is { } mediaType && EventMedia.IsJson(mediaType) && !JsonMembers.IsJson(body.Span))
            draft.Report(Body, $"is not JSON, although Content-Type is {mediaType}.");
        return draft;
    }

    // §3.1.3.2: a value may be quoted; within, percent-encoded UTF-8.
    private static string? Decode(string text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            text = QuotedPair().Replace(text[1..^1], "$1");
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        for (ReadOnlySpan<char> rest = text; !rest.IsEmpty;)
        {
            // Piece by piece, and not character by character: two may be one of Unicode.
            int plain = rest.IndexOf('%') is >= 0 and var percent ? percent : rest.Length;
            length += Encoding.UTF8.GetBytes(rest[..plain], bytes.AsSpan(length));
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            if (rest.Length < 3 || !byte.TryParse(rest[1..3], System.Globalization.NumberStyles.AllowHexSpecifier, null, out bytes[length++]))
                return null;
            rest = rest[3..];
        }

        try
        {
            return s_strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // RFC 7230 §3.2.6: whatever follows the backslash.
    [GeneratedRegex(@"\\(.)")]
    private static partial Regex QuotedPair();
}
