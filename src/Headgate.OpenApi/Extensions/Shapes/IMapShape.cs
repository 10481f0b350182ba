using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions.Shapes;

/// <summary>A map whatever the type of its values: a record hands it the members that are none of its own settings.</summary>
internal interface IMapShape
{
    /// <summary>The shape of the values.</summary>
    ValueShape Value { get; }

    /// <summary>Reads the members into a map; null when one is wrong.</summary>
    object? BindMembers(IReadOnlyList<ObjectMember> members, DiagnosticBag diagnostics);
}
