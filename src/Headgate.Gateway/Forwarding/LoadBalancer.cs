namespace Headgate.Gateway.Forwarding;

/// <summary>Chooses an instance for a call. Thread-safe.</summary>
internal abstract class LoadBalancer
{
    /// <summary>The algorithm's name in documents: <c>least-requests</c>, <c>round-robin</c>, <c>random</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Chooses among the instances that are not to be avoided; among the others when there is none; null when all are tried or drained.</summary>
    public UpstreamInstance? Choose(in InstanceChoice choice) => Pick(choice) ?? FirstLeft(choice);

    /// <summary>Chooses among the instances that may be chosen; null when there is none.</summary>
    protected abstract UpstreamInstance? Pick(in InstanceChoice choice);

    // When all that is left is to be avoided, trying beats refusing: a panic mode in the small.
    private static UpstreamInstance? FirstLeft(in InstanceChoice choice)
    {
        for (int i = 0; i < choice.Count; i++)
        {
            if (choice.IsLastResort(i))
                return choice[i];
        }

        return null;
    }
}
