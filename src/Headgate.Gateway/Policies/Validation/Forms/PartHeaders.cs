using System.Text;
using Headgate.Gateway.Errors;

namespace Headgate.Gateway.Policies.Validation.Forms;

/// <summary>Holds the header fields of a part to what the field's Encoding Object says of them (OAS 3.1.1 §4.8.15.1.1).</summary>
internal static class PartHeaders
{
    public static void Check(ReadOnlySpan<byte> body, in MultipartPart part, FormField field, ValidationMemory memory, ref Violations violations)
    {
        for (int i = 0; i < field.Headers.Count; i++)
        {
            ParameterRule rule = field.Headers[i];
            var found = default(Violations);
            var reader = new ParameterReader(rule, memory);
            if (Read(ref reader, body, part, rule))
                reader.Finish(ref found);
            else if (rule.Required)
                violations.Add(field.Pointer, $"must have the header field {rule.Name}");
            foreach (FailureDetail detail in found.All)
                violations.Add(field.Pointer, $"has a header field {rule.Name} that {detail.Detail}");
        }
    }

    private static bool Read(ref ParameterReader reader, ReadOnlySpan<byte> body, in MultipartPart part, ParameterRule rule)
    {
        Span<char> text = stackalloc char[PartField.MostBytes];
        bool isThere = false;
        for (int line = part.Head.Start.Value; line < part.Head.End.Value;)
        {
            int length = body[line..].IndexOf("\r\n"u8);
            if (PartField.TryRead(body, line, length, out PartField field) && Ascii.EqualsIgnoreCase(body[field.Name], rule.NameBytes))
            {
                reader.Add(text[..Encoding.Latin1.GetChars(body[field.Value], text)]);
                isThere = true;
            }

            line += length + 2;
        }

        return isThere;
    }
}
