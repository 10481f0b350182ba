namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Lets a document give this setting's value alone where the record is expected: <c>errors: problem</c> for
/// <c>errors: { dialect: problem }</c>. Of several, the first whose type fits the value is taken.
/// </summary>
/// <param name="order">Which is tried first.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShorthandAttribute(int order = 0) : Attribute
{
    /// <summary>Which is tried first.</summary>
    public int Order { get; } = order;
}
