using Headgate.Gateway.Calls;

namespace Headgate.Integration.Sagas;

/// <summary>A step of a saga, compiled. Immutable.</summary>
internal sealed record SagaStepPlan
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The call that does it.</summary>
    public required ServiceCall Call { get; init; }

    /// <summary>The call that undoes it; null for none.</summary>
    public required ServiceCall? Undo { get; init; }
}
