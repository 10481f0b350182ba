namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>Whether a text, UTF-8 without quotes, is of a format.</summary>
internal delegate bool FormatCheck(ReadOnlySpan<byte> text);
