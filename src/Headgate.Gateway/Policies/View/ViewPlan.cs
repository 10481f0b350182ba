using Headgate.Gateway.Json;

namespace Headgate.Gateway.Policies.View;

/// <summary>One view, compiled. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fields">What is kept.</param>
internal sealed record ViewPlan(string Name, FieldTree Fields)
{
    /// <summary>What the entity tags of its answers end with, before the closing quote.</summary>
    public string TagEnd { get; } = $"--{Name}";
}
