using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>A value that is the same for every request.</summary>
/// <param name="bytes">The value as JSON.</param>
internal sealed class ConstantValue(byte[] bytes) : RequestValue
{
    /// <summary>The value as JSON.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    public override void WriteTo(Utf8JsonWriter json, GatewayContext context) => json.WriteRawValue(bytes, skipInputValidation: true);
}
