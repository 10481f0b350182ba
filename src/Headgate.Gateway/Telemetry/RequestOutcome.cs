using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry.Metrics;

namespace Headgate.Gateway.Telemetry;

/// <summary>How a request ended, worked out once for metrics, access log and traces. A value.</summary>
internal readonly record struct RequestOutcome
{
    /// <summary>The status of a request whose client went away.</summary>
    public const int ClientGone = 499;

    public required int Status { get; init; }

    public required long EndedAt { get; init; }

    public required long ElapsedTicks { get; init; }

    /// <summary>The counters of the operation; never null.</summary>
    public required OperationMetrics Operation { get; init; }

    /// <summary>The counters of the service that was called last, or null.</summary>
    public required ServiceMetrics? Service { get; init; }

    /// <summary>Valid when <see cref="Service"/> is set.</summary>
    public required StageDurations Stages { get; init; }

    public static RequestOutcome Of(GatewayContext context, long endedAt, GatewayMetrics metrics)
    {
        ServiceMetrics? service = context.Instance is { } instance ? metrics.CellOf(instance) : null;
        return new RequestOutcome
        {
            Status = StatusOf(context),
            EndedAt = endedAt,
            ElapsedTicks = endedAt - context.Timings.StartedAt,
            Operation = metrics.CellOf(context),
            Service = service,
            Stages = service is null ? default : StageDurations.Of(context.Timings, endedAt),
        };
    }

    private static int StatusOf(GatewayContext context)
    {
        if (context.Failure is { } failure)
        {
            // What began as a 200 stays one in the logs even if it broke off: the error's name tells. A client that went is always 499.
            bool gone = ReferenceEquals(failure.Kind, ErrorCatalogue.ClientClosedRequest);
            return gone || !context.Response.HasStarted ? failure.Kind.Status : context.Response.StatusCode;
        }

        return context.ClientGone && !context.Response.HasStarted ? ClientGone : context.Response.StatusCode;
    }
}
