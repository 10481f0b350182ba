using System.Text.Unicode;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>Reads a file into memory, as far as the size limit goes, and makes sure that it is UTF-8.</summary>
internal sealed class FileBytes(LoadContext context)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The UTF-8 text of a file without a byte order mark, or null after a finding.</summary>
    /// <param name="file">The file, as messages name it.</param>
    /// <param name="openPath">The path to open: the one that was checked.</param>
    public byte[]? Read(SourceFile file, string openPath)
    {
        try
        {
            if (Directory.Exists(openPath))
                return Fail(OpenApiDiagnostics.FileUnreadable, file, $"'{file.Path}' is a directory.", "Name a file.");
            using var stream = new FileStream(openPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return ReadAll(file, stream) is { } bytes ? Check(file, bytes) : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail(OpenApiDiagnostics.FileNotFound, file, $"There is no file '{file.Path}'.", "Check the path; it is relative to the working directory, or to the file that refers to it.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Fail(OpenApiDiagnostics.FileUnreadable, file, $"'{file.Path}' cannot be read: {error.Message}", "Check the path and the permissions of the file.");
        }
    }

    /// <summary>The text without a byte order mark, or null after a finding.</summary>
    public byte[]? Check(SourceFile file, byte[] bytes)
    {
        if (bytes.Length > context.Limits.MaxFileBytes)
            return FailSize(file);
        if (bytes.AsSpan().StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        if (IsOtherUnicode(bytes))
            return Fail(OpenApiDiagnostics.NotUtf8, file, $"'{file.Path}' is UTF-16 or UTF-32.", "Save it as UTF-8.");
        if (!Utf8.IsValid(bytes))
            return FailUtf8(file, bytes);
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
            return Fail(OpenApiDiagnostics.EmptyDocument, file, $"'{file.Path}' is empty.", "Give it an OpenAPI document.");
        return bytes;
    }

    private byte[]? ReadAll(SourceFile file, FileStream stream)
    {
        // Grown while reading: the length of a pipe or a device says nothing.
        var content = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and int count)
        {
            content.Write(buffer, 0, count);
            if (content.Length > context.Limits.MaxFileBytes)
                return FailSize(file);
        }

        return content.ToArray();
    }

    // JSON and YAML start with an ASCII character, so a zero among the first two bytes, or a mark, gives UTF-16 and UTF-32 away.
    private static bool IsOtherUnicode(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] == 0 || bytes[1] == 0 || bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]);

    private byte[]? FailUtf8(SourceFile file, byte[] bytes)
    {
        int at = FirstInvalid(bytes);
        var position = new JsonPosition(isAscii: false);
        position.MoveTo(bytes, at);
        context.Report(OpenApiDiagnostics.NotUtf8, file, position.Line, position.Column, $"The byte 0x{bytes[at]:X2} is not UTF-8 here.", "Save the file as UTF-8.");
        return null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private byte[]? FailSize(SourceFile file) =>
        Fail(OpenApiDiagnostics.FileTooLarge, file, $"'{file.Path}' is larger than {context.Limits.MaxFileBytes} bytes.", "Split it into several files.");

    private byte[]? Fail(DiagnosticDescriptor descriptor, SourceFile file, string message, string fix)
    {
        context.Report(descriptor, file, 0, 0, message, fix);
        return null;
    }
}
