using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>An array of values.</summary>
/// <param name="items">Its items, in order.</param>
internal sealed class ArrayValue(IReadOnlyList<RequestValue> items) : RequestValue
{
    public override void WriteTo(Utf8JsonWriter json, GatewayContext context)
    {
        json.WriteStartArray();
        foreach (RequestValue item in items)
            item.WriteTo(json, context);
        json.WriteEndArray();
    }
}
