using System.Text.Json;
using Headgate.Gateway.Json;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>A place in a JSON text that is there with the request: in its body, or in what a service answered before.</summary>
/// <param name="text">Finds the text: whole JSON, or nothing.</param>
/// <param name="pointer">Which part of it.</param>
internal sealed class PlaceValue(Func<GatewayContext, ReadOnlyMemory<byte>> text, JsonPointer pointer) : RequestValue
{
    private readonly byte[][] _tokens = JsonSelection.TokensOf(pointer);

    /// <summary>The value as text: a string without quotes and escapes, a number or truth value as it is written; nothing for the rest.</summary>
    public TextValue AsText => new(Read);

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter json, GatewayContext context)
    {
        ReadOnlySpan<byte> value = Find(context);
        if (value.IsEmpty)
            json.WriteNullValue();
        else
            json.WriteRawValue(value, skipInputValidation: true);
    }

    private string? Read(GatewayContext context) => TextOf(Find(context));

    private ReadOnlySpan<byte> Find(GatewayContext context)
    {
        ReadOnlySpan<byte> whole = text(context).Span;
        if (whole.IsEmpty || _tokens.Length == 0)
            return whole;
        var selection = new JsonSelection();
        selection.Begin(_tokens);
        selection.Take(whole, out ReadOnlySpan<byte> value);
        return selection.IsFound ? value : default;
    }
}
