using System.Text.Json;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>The answer of another part of an aggregate, or a part of it.</summary>
/// <param name="position">The other part's position.</param>
/// <param name="pointer">Which part of the answer.</param>
internal sealed class PartValue(int position, JsonPointer pointer) : RequestValue
{
    private readonly byte[][] _tokens = JsonSelection.TokensOf(pointer);

    /// <summary>The value as text: a string without quotes and escapes, a number or truth value as it is written; nothing for the rest.</summary>
    public TextValue AsText => new(Read);

    public override void WriteTo(Utf8JsonWriter json, GatewayContext context)
    {
        ReadOnlySpan<byte> value = Find(context);
        if (value.IsEmpty)
            json.WriteNullValue();
        else
            json.WriteRawValue(value, skipInputValidation: true);
    }

    private string? Read(GatewayContext context)
    {
        var reader = new Utf8JsonReader(Find(context));
        if (!reader.Read())
            return null;
        return reader.TokenType switch
        {
            JsonTokenType.String => TextOf(ref reader),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
    }

    // RFC 8259 §8.2: half of a surrogate pair is no text, and goes nowhere as one.
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private ReadOnlySpan<byte> Find(GatewayContext context)
    {
        var selection = new JsonSelection();
        selection.Begin(_tokens);
        selection.Take(context.Aggregation[position].Answer.Value.Span, out ReadOnlySpan<byte> value);
        return selection.IsFound ? value : default;
    }
}
