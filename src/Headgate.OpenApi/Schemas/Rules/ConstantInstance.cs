using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Rules;

/// <summary>A value that stands in a schema (<c>const</c>, <c>enum</c>), read once.</summary>
/// <param name="Json">The value as JSON.</param>
/// <param name="Tape">The same on a tape.</param>
internal sealed record ConstantInstance(byte[] Json, InstanceTape Tape)
{
    public InstanceView View => new(Json, Tape);
}
