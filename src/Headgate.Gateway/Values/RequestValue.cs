using System.Buffers;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>A value of a document that a request fills in, compiled. Immutable, thread-safe.</summary>
public abstract class RequestValue
{
    private protected RequestValue()
    {
    }

    /// <summary>Compiles a value of a document.</summary>
    /// <returns>Null when something in it cannot be had at its place, which is reported.</returns>
    public static RequestValue? Compile(ValueExpression expression, OperationScope scope)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(scope);
        return RequestValueCompiler.Compile(expression, scope);
    }

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

    /// <summary>The value of a request as text, for a header field: a string as it is, a number or truth value as it is written; null for the rest.</summary>
    public string? ToText(GatewayContext context) => TextOf(ToJson(context).Span);

    private protected static string? TextOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read())
            return null;
        return reader.TokenType switch
        {
            JsonTokenType.String => TextOf(ref reader),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
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
}
