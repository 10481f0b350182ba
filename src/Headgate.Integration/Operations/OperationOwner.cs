using Headgate.Gateway.Pipeline;

namespace Headgate.Integration.Operations;

/// <summary>Whose an operation is: the caller of the request that began it, within the tenant. Stateless.</summary>
public static class OperationOwner
{
    /// <summary>The owner of what a request begins; null for a caller whom nobody knows.</summary>
    /// <remarks>A user of a token, a service account and an API key are different owners, whatever their ids; and so is the same one for another tenant.</remarks>
    public static string? Of(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string? caller = context.Caller?.Subject?.ToString() ?? (context.User is { } user ? $"user:{user}" : context.ApiKey is { } key ? $"api-key:{key}" : null);

        // A tenant has no slash in it.
        return caller is null ? null : $"{context.Tenant}/{caller}";
    }
}
