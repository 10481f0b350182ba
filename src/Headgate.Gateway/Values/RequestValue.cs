using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>A value of a document that a request fills in, compiled. Immutable, thread-safe.</summary>
internal abstract class RequestValue
{
    /// <summary>Writes it as JSON; what the request does not have is null.</summary>
    public abstract void WriteTo(Utf8JsonWriter json, GatewayContext context);

    /// <summary>The value of a request as JSON text.</summary>
    public ReadOnlyMemory<byte> ToJson(GatewayContext context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ErrorJson.Options))
            WriteTo(json, context);
        return buffer.WrittenMemory;
    }
}
