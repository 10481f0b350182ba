using System.Text;
using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>Text with values of the request in it; one that the request does not have is left out.</summary>
/// <param name="parts">Texts as they are, and what is filled in.</param>
internal sealed class InterpolatedValue(IReadOnlyList<(string? Text, TextValue? Value)> parts) : RequestValue
{
    public override void WriteTo(Utf8JsonWriter json, GatewayContext context)
    {
        var text = new StringBuilder();
        foreach ((string? constant, TextValue? value) in parts)
            text.Append(constant ?? value!.Read(context));
        json.WriteStringValue(text.ToString());
    }
}
