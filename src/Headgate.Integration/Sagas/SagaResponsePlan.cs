using Headgate.Gateway.Values;

namespace Headgate.Integration.Sagas;

/// <summary>The answer of a saga that succeeded, compiled. Immutable.</summary>
/// <param name="Status">The status; null for that of the step which the default answer takes.</param>
/// <param name="Headers">The header fields.</param>
/// <param name="Body">The body.</param>
/// <param name="Reads">The steps whose answers are in the body.</param>
internal sealed record SagaResponsePlan(int? Status, IReadOnlyList<KeyValuePair<string, RequestValue>> Headers, RequestValue Body, IReadOnlyList<int> Reads);
