using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>An object of values.</summary>
/// <param name="members">Its members, in order.</param>
internal sealed class ObjectValue(IReadOnlyList<KeyValuePair<string, RequestValue>> members) : RequestValue
{
    public override void WriteTo(Utf8JsonWriter json, GatewayContext context)
    {
        json.WriteStartObject();
        foreach ((string name, RequestValue value) in members)
        {
            json.WritePropertyName(name);
            value.WriteTo(json, context);
        }

        json.WriteEndObject();
    }
}
