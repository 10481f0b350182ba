namespace Headgate.Gateway.Configuration;

/// <summary>Who says which roles a caller has.</summary>
public enum RoleSource
{
    /// <summary>The caller's credential.</summary>
    Credential,

    /// <summary>The assignments in the store.</summary>
    Store,
}
