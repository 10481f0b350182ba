using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Pipeline;

/// <summary>What status codes say of the message that carries them (RFC 9110 §15). Stateless.</summary>
internal static class StatusRules
{
    /// <summary>Whether an answer with the status may have content.</summary>
    public static bool HasContent(int status) => status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);
}
