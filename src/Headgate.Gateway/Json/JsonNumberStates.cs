namespace Headgate.Gateway.Json;

/// <summary>The grammar of numbers (RFC 8259 §6), byte by byte.</summary>
internal static class JsonNumberStates
{
    public static JsonNumberState First(byte value) => value switch
    {
        (byte)'-' => JsonNumberState.Minus,
        (byte)'0' => JsonNumberState.Zero,
        >= (byte)'1' and <= (byte)'9' => JsonNumberState.Integer,
        _ => JsonNumberState.Invalid,
    };

    public static JsonNumberState After(JsonNumberState state, byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => AfterDigit(state, value),
        (byte)'.' when state is JsonNumberState.Zero or JsonNumberState.Integer => JsonNumberState.Point,
        (byte)'e' or (byte)'E' when state is JsonNumberState.Zero or JsonNumberState.Integer or JsonNumberState.Fraction => JsonNumberState.Exponent,
        (byte)'+' or (byte)'-' when state is JsonNumberState.Exponent => JsonNumberState.Sign,
        _ => JsonNumberState.Invalid,
    };

    public static bool IsWhole(JsonNumberState state) => state is JsonNumberState.Zero or JsonNumberState.Integer or JsonNumberState.Fraction or JsonNumberState.Power;

    private static JsonNumberState AfterDigit(JsonNumberState state, byte digit) => state switch
    {
        JsonNumberState.Minus => digit == '0' ? JsonNumberState.Zero : JsonNumberState.Integer,
        JsonNumberState.Integer => JsonNumberState.Integer,
        JsonNumberState.Point or JsonNumberState.Fraction => JsonNumberState.Fraction,
        JsonNumberState.Exponent or JsonNumberState.Sign or JsonNumberState.Power => JsonNumberState.Power,
        _ => JsonNumberState.Invalid,
    };
}
