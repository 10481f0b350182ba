using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>A text that a request brings.</summary>
/// <param name="read">Finds it; null when the request does not have it.</param>
internal sealed class TextValue(Func<GatewayContext, string?> read) : RequestValue
{
    public string? Read(GatewayContext context) => read(context);

    public override void WriteTo(Utf8JsonWriter json, GatewayContext context) => json.WriteStringValue(read(context));
}
