using Headgate.Gateway.Forwarding.Outbound;

namespace Headgate.Gateway.Forwarding;

/// <summary>What an operation's <see cref="ForwardHandler"/> does, compiled. Immutable.</summary>
/// <param name="Service">Where to.</param>
/// <param name="Method">The method to send; null for the client's.</param>
/// <param name="Target">How the target is made; null for the client's normalised path and query.</param>
/// <param name="Timeouts">The limits of each stage.</param>
/// <param name="MapsErrors">Whether the upstream's error bodies are turned into the API's dialect.</param>
/// <param name="Outbound">How often the service may be called; null for without limit.</param>
internal sealed record ForwardPlan(UpstreamService Service, string? Method, TargetPlan? Target, UpstreamTimeouts Timeouts, bool MapsErrors, OutboundPlan? Outbound = null);
