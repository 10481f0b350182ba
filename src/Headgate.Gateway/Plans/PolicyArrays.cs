using System.Collections;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Plans;

/// <summary>Gives one array for all that hold the same policies in the same order, as most operations of a document do. Used while one document is compiled.</summary>
internal sealed class PolicyArrays
{
    private readonly Hashtable _arrays = new(StructuralComparisons.StructuralEqualityComparer);

    public GatewayPolicy[] Of(IEnumerable<GatewayPolicy> policies)
    {
        GatewayPolicy[] array = [.. policies];
        if (_arrays[array] is GatewayPolicy[] known)
            return known;
        _arrays.Add(array, array);
        return array;
    }
}
