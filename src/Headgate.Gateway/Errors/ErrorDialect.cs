using System.Buffers;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Errors;

/// <summary>How catalogue errors are written: problem details (RFC 9457), or the envelope of a reference document. Stateless, thread-safe.</summary>
public abstract class ErrorDialect
{
    /// <summary>The dialect's name in documents: <c>problem</c>, <c>envelope</c>, <c>service</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The media type of the body.</summary>
    public abstract string ContentType { get; }

    /// <summary>Writes the body of an error answer.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="context">The request, for its ids.</param>
    /// <param name="now">The time that the body states.</param>
    /// <param name="output">Where the JSON goes.</param>
    public abstract void Write(GatewayFailure failure, GatewayContext context, DateTimeOffset now, IBufferWriter<byte> output);
}
