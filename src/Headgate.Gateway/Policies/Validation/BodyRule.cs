using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>One media type or range in which an operation takes its body. Immutable.</summary>
/// <param name="Range">The key under <c>content</c>, without parameters.</param>
/// <param name="Validator">Its schema; null where any body is allowed.</param>
/// <param name="Wanted">What the schema wants of text, for forms.</param>
internal sealed record BodyRule(string Range, SchemaValidator? Validator, SchemaShape? Wanted);
