namespace Headgate.Gateway.Forwarding;

/// <summary>A service as operations see it: its instances and how one is chosen. Immutable; what changes lives in the instances.</summary>
/// <param name="Name">The service's name in documents, errors, logs and metrics.</param>
/// <param name="Instances">Where it runs; may be empty, every call is then 503.</param>
/// <param name="Balancer">How an instance is chosen.</param>
internal sealed record UpstreamService(string Name, IReadOnlyList<UpstreamInstance> Instances, LoadBalancer Balancer);
