namespace Headgate.Gateway.Json;

/// <summary>The three literal names of RFC 8259 §3.</summary>
internal static class JsonLiterals
{
    public static readonly ReadOnlyMemory<byte> True = "true"u8.ToArray();

    public static readonly ReadOnlyMemory<byte> False = "false"u8.ToArray();

    public static readonly ReadOnlyMemory<byte> Null = "null"u8.ToArray();
}
