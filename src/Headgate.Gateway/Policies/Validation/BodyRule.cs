using Headgate.Gateway.Policies.Validation.Forms;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>One media type or range in which an operation takes its body. Immutable.</summary>
/// <param name="Range">The key under <c>content</c>.</param>
/// <param name="Validator">Its schema; null where any body is allowed.</param>
/// <param name="Form">What is wanted of a form; null where no form can come.</param>
internal sealed record BodyRule(MediaRange Range, SchemaValidator? Validator, FormPlan? Form);
