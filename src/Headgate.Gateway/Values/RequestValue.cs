using System.Text.Json;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Values;

/// <summary>A value of a document that a request fills in, compiled. Immutable, thread-safe.</summary>
internal abstract class RequestValue
{
    /// <summary>Writes it as JSON; what the request does not have is null.</summary>
    public abstract void WriteTo(Utf8JsonWriter json, GatewayContext context);
}
