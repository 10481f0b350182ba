using System.Text.Json;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Says what a JSON parser's exception means, and exactly where.</summary>
internal sealed class JsonSyntaxError(SourceFile file, byte[] utf8, LoadContext context)
{
    public void Report(JsonException error)
    {
        int at = Offset(error);
        var position = new JsonPosition(isAscii: false);
        position.MoveTo(utf8, at);
        (DiagnosticDescriptor descriptor, string message, string fix) = Explain(error, at);
        context.Report(descriptor, file, position.Line, position.Column, message, fix);
    }

    private (DiagnosticDescriptor Descriptor, string Message, string Fix) Explain(JsonException error, int at)
    {
        byte found = at < utf8.Length ? utf8[at] : (byte)0;
        if (found is (byte)'}' or (byte)']' && Before(at) == ',')
            return (OpenApiDiagnostics.JsonTrailingComma, "A comma stands before the closing bracket.", "Remove the comma.");
        if (found == '/' && at + 1 < utf8.Length && utf8[at + 1] is (byte)'/' or (byte)'*')
            return (OpenApiDiagnostics.JsonComment, "JSON has no comments.", "Remove the comment, or write the document in YAML.");

        // The exception ends with " LineNumber: … | BytePositionInLine: …", which the location says already, in characters.
        int end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string message = end < 0 ? error.Message : error.Message[..end];
        return (OpenApiDiagnostics.JsonSyntax, message, "Check for a missing comma, quote or bracket here or just before.");
    }

    private int Offset(JsonException error)
    {
        int start = 0;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            int end = utf8.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0)
                break;
            start += end + 1;
        }

        int at = (int)Math.Min(start + (error.BytePositionInLine ?? 0), utf8.Length);

        // Never inside a character.
        while (at > start && at < utf8.Length && (utf8[at] & 0xC0) == 0x80)
            at--;
        return at;
    }

    private char Before(int at)
    {
        ReadOnlySpan<byte> before = utf8.AsSpan(0, at).TrimEnd(" \t\r\n"u8);
        return before.IsEmpty ? '\0' : (char)before[^1];
    }
}
