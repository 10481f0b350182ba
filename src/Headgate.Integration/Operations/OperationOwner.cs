using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Integration.Operations;

/// <summary>Whose an operation is: the caller of the request that began it, within the tenant. Stateless.</summary>
public static class OperationOwner
{
    /// <summary>The owner of what a request begins; null for a caller whom nobody knows.</summary>
    public static string? Of(GatewayContext context) => CallerName.Of(context);
}
