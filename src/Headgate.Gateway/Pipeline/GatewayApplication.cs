using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Telemetry.Stalls;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Where Kestrel hands requests over: without <c>HttpContext</c>, and with one <see cref="GatewayContext"/> per connection (HTTP/2: per pooled stream) that is
/// reused for request after request. Thread-safe.
/// </summary>
/// <param name="plans">The plan in force.</param>
/// <param name="runner">Runs a request through it.</param>
/// <param name="recorder">Told of every request's end.</param>
/// <param name="time">Clock of all timings.</param>
/// <param name="bodies">What all requests together may hold of their bodies; null for as much as there is.</param>
public sealed class GatewayApplication(PlanHolder plans, RequestRunner runner, RequestRecorder recorder, TimeProvider time, MemoryBudget? bodies = null)
    : IHttpApplication<GatewayContext>
{
    /// <inheritdoc/>
    public GatewayContext CreateContext(IFeatureCollection contextFeatures)
    {
        ArgumentNullException.ThrowIfNull(contextFeatures);
        GatewayContext context = contextFeatures is IHostContextContainer<GatewayContext> container
            ? container.HostContext ??= new GatewayContext(contextFeatures, time, bodies)
            : new GatewayContext(contextFeatures, time, bodies);
        context.Reset(plans.Current, time.GetTimestamp());
        recorder.OnStarted(context);
        return context;
    }

    /// <inheritdoc/>
    public Task ProcessRequestAsync(GatewayContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using (StallWatch.Begin(context, context.Timings.StartedAt))
            return runner.RunAsync(context);
    }

    /// <inheritdoc/>
    public void DisposeContext(GatewayContext context, Exception? exception) => recorder.OnEnded(context, time.GetTimestamp());
}
