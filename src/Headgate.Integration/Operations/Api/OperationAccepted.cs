using Headgate.Gateway.Pipeline;

namespace Headgate.Integration.Operations.Api;

/// <summary>The answer to a request that began an operation which goes on: 202, where it is found, and how it stands. Stateless, thread-safe.</summary>
public static class OperationAccepted
{
    /// <summary>Makes it the answer.</summary>
    /// <param name="context">The request that began the operation, or one of the same caller.</param>
    /// <param name="record">The operation.</param>
    public static void Write(GatewayContext context, OperationRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        OperationAnswer.Write(context, 202, record);
        if (OperationsMount.PathOf(context.Plan, record.Api, record.Id) is not { } path)
            return;
        context.Response.Headers.Location = path;
        context.Response.Headers["Operation-Location"] = path;
    }
}
