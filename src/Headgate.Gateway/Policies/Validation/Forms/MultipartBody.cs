using System.Text;
using System.Text.Unicode;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>
/// Holds <c>multipart/form-data</c> (RFC 7578) to its schema: each part is a member, or an item of one. How a part is read is the schema's to say and not the sender's,
/// so that calling a text a file takes it past no check. Contents are not copied, but for JSON.
/// </summary>
internal static class MultipartBody
{
    /// <summary>More parts than a form has fields; beyond them a body is refused.</summary>
    public const int MostParts = 256;

    // RFC 2046 §5.1.1.
    private const int MostBoundaryBytes = 70;

    public static void Check(ReadOnlySpan<byte> body, ReadOnlySpan<char> contentType, BodyRule rule, ValidationMemory memory, ref Violations violations)
    {
        ReadOnlySpan<char> boundary = MediaType.Parameter(contentType, "boundary");
        if (boundary.Length is 0 or > MostBoundaryBytes || !Ascii.IsValid(boundary))
        {
            violations.Add("", "is multipart without a boundary");
            return;
        }

        Span<byte> delimiter = stackalloc byte[MostBoundaryBytes + 4];
        "\r\n--"u8.CopyTo(delimiter);
        delimiter = delimiter[..(4 + Encoding.ASCII.GetBytes(boundary, delimiter[4..]))];
        Span<MultipartPart> room = stackalloc MultipartPart[MostParts];
        int count = MultipartSplitter.Split(body, delimiter, room);
        if (count < 0)
        {
            violations.Add("", $"is not well-formed multipart/form-data, or has more than {MostParts} parts");
            return;
        }

        ReadOnlySpan<MultipartPart> parts = room[..count];
        CheckValue(body, parts, rule, memory, ref violations);
        foreach (MultipartPart part in parts)
            PartHeaders.Check(body, part, rule.Form!.Find(body[part.Name]), memory, ref violations);
    }

    private static void CheckValue(ReadOnlySpan<byte> body, ReadOnlySpan<MultipartPart> parts, BodyRule rule, ValidationMemory memory, ref Violations violations)
    {
        var form = new FormValue(memory.Session, ref violations);
        for (int i = 0; i < parts.Length; i++)
        {
            ReadOnlySpan<byte> name = body[parts[i].Name];
            if (Find(body, parts[..i], name, 0) >= 0)
                continue;
            FormField field = rule.Form!.Find(name);
            form.Begin(name);
            if (field.Reading == FieldReading.Unread)
                form.Leave(name);
            else
                form.End(name, TellsAnotherCharset(name, body[parts[i].Content]) ? "must be UTF-8" : Add(form.Builder, field, body, parts, i, memory));
        }

        form.Finish(body, rule.Validator!);
    }

    private static string? Add(InstanceBuilder value, FormField field, ReadOnlySpan<byte> body, ReadOnlySpan<MultipartPart> parts, int first, ValidationMemory memory)
    {
        ReadOnlySpan<byte> name = body[parts[first].Name];
        if (!field.IsList && Find(body, parts, name, first + 1) < 0)
            return AddOne(value, field, body, parts[first], memory);
        int list = value.Open(JsonTypes.Array);
        int items = 0;
        for (int part = first; part >= 0; part = Find(body, parts, name, part + 1), items++)
        {
            if (AddOne(value, field, body, parts[part], memory) is { } problem)
                return problem;
        }

        value.Close(list, items);
        return null;
    }

    private static string? AddOne(InstanceBuilder value, FormField field, ReadOnlySpan<byte> body, in MultipartPart part, ValidationMemory memory)
    {
        Span<char> type = stackalloc char[PartField.MostBytes];
        type = type[..Encoding.Latin1.GetChars(body[part.ContentType], type)];
        if (field.ContentTypes.Count > 0 && !type.IsEmpty && !IsOneOf(field.ContentTypes, type))
            return $"must be of the media type {string.Join(", ", field.ContentTypes.Select(range => range.Text))}";
        ReadOnlySpan<byte> content = body[part.Content];
        if (field.Reading == FieldReading.Bytes)
        {
            value.AddBytesOf(body, part.Content);
            return null;
        }

        // RFC 7578 §4.5: the charset of a part, which may differ from one to the next.
        if (!MediaType.IsUtf8(type) || !Utf8.IsValid(content))
            return "must be text in UTF-8";
        if (field.Reading == FieldReading.Json || (field.Reading == FieldReading.AsThePartSays && MediaType.KindOf(type) == MediaKind.Json))
            return value.AddJson(content, memory.Session);
        value.AddTextOf(body, part.Content, field.Types);
        return null;
    }

    // RFC 7578 §4.6: a field of this name is the charset of the others.
    private static bool TellsAnotherCharset(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content) =>
        name.SequenceEqual("_charset_"u8) && !Ascii.EqualsIgnoreCase(content, "utf-8"u8) && !Ascii.EqualsIgnoreCase(content, "us-ascii"u8);

    private static bool IsOneOf(IReadOnlyList<MediaRange> ranges, ReadOnlySpan<char> type)
    {
        for (int i = 0; i < ranges.Count; i++)
        {
            if (ranges[i].Match(type) >= 0)
                return true;
        }

        return false;
    }

    private static int Find(ReadOnlySpan<byte> body, ReadOnlySpan<MultipartPart> parts, ReadOnlySpan<byte> name, int from)
    {
        for (int part = from; part < parts.Length; part++)
        {
            if (body[parts[part].Name].SequenceEqual(name))
                return part;
        }

        return -1;
    }
}
