using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Building;

/// <summary>What the builders of one document's model share.</summary>
internal sealed class BuildScope(OpenApiVersion version, ReferenceResolver references, ExtensionBinder binder, LoadContext context)
{
    private readonly Dictionary<ObjectNode, ExtensionSet> _bound = [];

    public OpenApiVersion Version { get; } = version;

    public ReferenceResolver References { get; } = references;

    public DiagnosticBag Diagnostics { get; } = context.Diagnostics;

    public LoadLimits Limits { get; } = context.Limits;

    /// <summary>Counts one more value against the limit of the load; false, with a finding at the node, when there may be no more.</summary>
    public bool SpendNodes(DocumentNode at) => context.SpendNodes(1, at.File, at.Line, at.Column);

    /// <summary>The object at the end of a reference, or the node itself; null when it is no object.</summary>
    public ObjectNode? Object(DocumentNode? node) => References.Follow(node) as ObjectNode;

    /// <summary>The extensions of an object, bound once however often it is used.</summary>
    public ExtensionSet Bind(ObjectNode owner, ExtensionLocations location)
    {
        if (!_bound.TryGetValue(owner, out ExtensionSet? set))
        {
            set = binder.Bind(owner, location, Diagnostics);
            _bound.Add(owner, set);
        }

        return set;
    }

    public bool IsBound(ObjectNode owner) => _bound.ContainsKey(owner);
}
