using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>One name for each caller of a process, whom no other has. Stateless, thread-safe.</summary>
public static class CallerName
{
    /// <summary>The name; null for a caller whom nobody knows.</summary>
    /// <remarks>A user of a token, a service account and an API key are different callers, whatever their ids; and so is the same one for another tenant.</remarks>
    public static string? Of(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string? caller = context.Caller?.Subject?.ToString() ?? (context.User is { } user ? $"user:{user}" : context.ApiKey is { } key ? $"api-key:{key}" : null);

        // A tenant has no slash in it.
        return caller is null ? null : $"{context.Tenant}/{caller}";
    }
}
