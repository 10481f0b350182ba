using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Routing;

/// <summary>Collects what becomes a <see cref="RouteNode"/>. Used by one thread.</summary>
internal sealed class RouteNodeBuilder
{
    private readonly Dictionary<string, RouteNodeBuilder> _literals = new(StringComparer.Ordinal);
    private readonly List<(IReadOnlyList<string> Literals, RouteNodeBuilder Next)> _mixed = [];
    private readonly List<KeyValuePair<string, OperationPlan>> _operations = [];
    private readonly List<string> _versions = [];
    private RouteNodeBuilder? _parameter;

    public RouteNodeBuilder Literal(string segment)
    {
        if (!_literals.TryGetValue(segment, out RouteNodeBuilder? next))
            _literals.Add(segment, next = new RouteNodeBuilder());
        return next;
    }

    public RouteNodeBuilder Mixed(IReadOnlyList<string> literals)
    {
        foreach ((IReadOnlyList<string> known, RouteNodeBuilder next) in _mixed)
        {
            if (known.SequenceEqual(literals, StringComparer.Ordinal))
                return next;
        }

        _mixed.Add((literals, new RouteNodeBuilder()));
        return _mixed[^1].Next;
    }

    public RouteNodeBuilder Parameter() => _parameter ??= new RouteNodeBuilder();

    /// <summary>Adds an operation, or gives back the one that has the method already.</summary>
    public OperationPlan? Add(string method, OperationPlan operation)
    {
        if (operation.Api.Version is { } version && !_versions.Contains(version.Text))
            _versions.Add(version.Text);
        foreach ((string known, OperationPlan taken) in _operations)
        {
            if (known == method)
                return taken;
        }

        _operations.Add(new(method, operation));
        return null;
    }

    /// <summary>Makes the node, after those that follow it: what one request walks through lies side by side in memory.</summary>
    /// <param name="share">Gives one string for all equal ones.</param>
    public RouteNode Build(Func<string, string> share)
    {
        MethodTable? methods = _operations.Count == 0 ? null : new MethodTable([.. _operations], [.. _versions], share);
        RouteNode? parameter = _parameter?.Build(share);
        MixedSegment[] mixed = [.. _mixed
            .Select(segment => new MixedSegment([.. segment.Literals], segment.Next.Build(share)))
            .OrderByDescending(segment => segment.LiteralLength)];
        return new RouteNode([.. _literals.Select(pair => KeyValuePair.Create(share(pair.Key), pair.Value.Build(share)))], mixed, parameter, methods);
    }
}
