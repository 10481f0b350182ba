namespace Headgate.Gateway.Configuration;

/// <summary>How the waiting time between tries grows.</summary>
public enum Backoff
{
    /// <summary>It doubles with each try.</summary>
    Exponential,

    /// <summary>It grows by the base with each try.</summary>
    Linear,

    /// <summary>It stays.</summary>
    Constant,
}
