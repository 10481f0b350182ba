namespace Headgate.Gateway.Configuration;

/// <summary>Within what an idempotency key is unique.</summary>
public enum IdempotencyScope
{
    /// <summary>Tenant, caller and operation.</summary>
    Caller,

    /// <summary>Tenant and operation, whoever calls.</summary>
    Tenant,
}
