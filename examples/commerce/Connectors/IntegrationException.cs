namespace Commerce.Connectors;

/// <summary>A third party did not do what was asked; <paramref name="code"/> says which integration and what.</summary>
internal sealed class IntegrationException(string message, string code, object details, HttpCallException cause)
    : Exception(message, cause)
{
    public string Code { get; } = code;

    public object Details { get; } = details;

    public HttpCallException Call { get; } = cause;
}
