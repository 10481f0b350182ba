namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>A name that an object schema knows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Schema">The schema of the member; null where <c>properties</c> does not list the name.</param>
/// <param name="DependentSchema">A schema for the whole object when the member is there.</param>
/// <param name="DependentRequired">The numbers of the names that must be there too.</param>
internal sealed record ObjectSlot(string Name, CompiledSchema? Schema, CompiledSchema? DependentSchema, int[] DependentRequired);
