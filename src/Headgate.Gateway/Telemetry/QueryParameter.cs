namespace Headgate.Gateway.Telemetry;

/// <summary>One parameter of a query as it was sent.</summary>
/// <param name="name">The separator before it, the name and the equals sign.</param>
/// <param name="value">The value.</param>
/// <param name="isSecret">Whether the value must not be written.</param>
internal readonly ref struct QueryParameter(ReadOnlySpan<char> name, ReadOnlySpan<char> value, bool isSecret)
{
    public ReadOnlySpan<char> Name { get; } = name;

    public ReadOnlySpan<char> Value { get; } = value;

    public bool IsSecret { get; } = isSecret;
}
