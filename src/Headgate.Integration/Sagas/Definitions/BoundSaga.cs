using Headgate.Gateway.Plans;

namespace Headgate.Integration.Sagas.Definitions;

/// <summary>A saga with the plan by whose services it is carried out. Immutable.</summary>
/// <param name="Plan">The saga.</param>
/// <param name="Gateway">The plan in which it was compiled.</param>
/// <param name="Operation">The operation there.</param>
internal sealed record BoundSaga(SagaPlan Plan, GatewayPlan Gateway, OperationPlan Operation);
