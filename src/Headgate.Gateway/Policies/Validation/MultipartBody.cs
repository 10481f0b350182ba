using System.Text;
using System.Text.Unicode;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// Reads <c>multipart/form-data</c> (RFC 7578) as an object. A file, or a part of another type than text, counts as a string whose content is not looked at.
/// </summary>
internal static class MultipartBody
{
    /// <summary>More parts than a form has fields; beyond them a body is refused.</summary>
    public const int MostParts = 256;

    // RFC 2046 §5.1.1.
    private const int MostBoundaryBytes = 70;

    /// <summary>Puts the form on the tape of the session.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> body, ReadOnlySpan<char> boundary, SchemaShape wanted, ValidationMemory memory)
    {
        if (boundary.Length is 0 or > MostBoundaryBytes || !Ascii.IsValid(boundary))
            return "is multipart without a boundary";
        Span<byte> delimiter = stackalloc byte[MostBoundaryBytes + 4];
        "\r\n--"u8.CopyTo(delimiter);
        delimiter = delimiter[..(4 + Encoding.ASCII.GetBytes(boundary, delimiter[4..]))];

        Span<MultipartPart> parts = stackalloc MultipartPart[MostParts];
        int count = Split(body, delimiter, parts);
        if (count < 0)
            return $"is not well-formed multipart/form-data, or has more than {MostParts} parts";
        Build(body, parts[..count], wanted, memory);
        return null;
    }

    private static int Split(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, Span<MultipartPart> parts)
    {
        // RFC 2046 §5.1.1: the first delimiter may stand at the very beginning, without a line end before it.
        bool beginsAtOnce = body.StartsWith(delimiter[2..]);
        int at = beginsAtOnce ? delimiter.Length - 2 : body.IndexOf(delimiter) + delimiter.Length;
        if (!beginsAtOnce && at < delimiter.Length)
            return -1;
        int count = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = body[at..];
            if (rest.StartsWith("--"u8))
                return count;
            int line = rest.IndexOf("\r\n"u8);
            int end = line < 0 ? -1 : rest[line..].IndexOf(delimiter);
            if (end < 0 || count == parts.Length || !MultipartPart.TryRead(body, at + line + 2, at + line + end, out parts[count]))
                return -1;
            count++;
            at += line + end + delimiter.Length;
        }
    }

    private static void Build(ReadOnlySpan<byte> body, ReadOnlySpan<MultipartPart> parts, SchemaShape wanted, ValidationMemory memory)
    {
        var value = new InstanceBuilder(memory.Session.Tape);
        int form = value.Open(JsonTypes.Object);
        int members = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            ReadOnlySpan<byte> name = body[parts[i].Name];
            if (Find(body, parts[..i], name, 0) >= 0)
                continue;
            members++;
            value.AddName(name);
            int member = wanted.Find(name);
            JsonTypes types = wanted.MemberTypes(member);
            bool isList = (types != JsonTypes.Any && (types & JsonTypes.Array) != 0) || Find(body, parts, name, i + 1) >= 0;
            if (!isList)
                AddValue(value, body, parts[i], types);
            else
                AddList(value, body, parts, i, wanted.MemberItemTypes(member));
        }

        value.Close(form, members);
    }

    private static void AddList(InstanceBuilder value, ReadOnlySpan<byte> body, ReadOnlySpan<MultipartPart> parts, int first, JsonTypes wanted)
    {
        int list = value.Open(JsonTypes.Array);
        int items = 0;
        for (int part = first; part >= 0; part = Find(body, parts, body[parts[first].Name], part + 1), items++)
            AddValue(value, body, parts[part], wanted);
        value.Close(list, items);
    }

    private static void AddValue(InstanceBuilder value, ReadOnlySpan<byte> body, in MultipartPart part, JsonTypes wanted)
    {
        ReadOnlySpan<byte> content = body[part.Content];
        bool isText = !part.IsFile && Utf8.IsValid(content);
        value.AddText(isText ? content : default, isText ? wanted : JsonTypes.String);
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
