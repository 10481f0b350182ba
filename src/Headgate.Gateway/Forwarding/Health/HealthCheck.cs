using System.Net;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding.Framework;
using Headgate.Gateway.Policies.RateLimit;

namespace Headgate.Gateway.Forwarding.Health;

/// <summary>Asks one instance whether it is well, over a connection of its own each time. One check at a time. Lives as long as its instance is checked.</summary>
/// <param name="instance">The instance.</param>
/// <param name="random">Chance, so that checks do not come all at once.</param>
/// <param name="clock">The clock.</param>
internal sealed class HealthCheck(UpstreamInstance instance, Random random, TimeProvider clock)
{
    /// <summary>The part of the time between two checks that is left to chance, to either side.</summary>
    private const double Jitter = 0.1;

    private long _next = long.MinValue;
    private int _goodInARow;
    private int _badInARow;
    private volatile bool _isRunning;

    /// <summary>Whether it is time for the next check, and none runs.</summary>
    public bool IsDue => !_isRunning && LimitClock.Now(clock) >= _next;

    /// <summary>Checks once, and takes note of it. Never throws but for cancellation.</summary>
    public async Task RunAsync(HealthPlan plan, CancellationToken cancellationToken)
    {
        _isRunning = true;
        try
        {
            HealthCheckSettings settings = plan.Check!;
            string? fault = await AskAsync(settings, cancellationToken);
            Count(plan, settings, fault);
        }
        finally
        {
            // Also after a fault of its own, which is told each time.
            double wait = plan.Check!.Interval.Value.TotalNanoseconds * (1 - Jitter + (random.NextDouble() * 2 * Jitter));
            _next = LimitClock.Now(clock) + (long)wait;
            _isRunning = false;
        }
    }

    private void Count(HealthPlan plan, HealthCheckSettings settings, string? fault)
    {
        (_goodInARow, _badInARow) = fault is null ? (_goodInARow + 1, 0) : (0, _badInARow + 1);
        instance.Health.Checked(isGood: fault is null);
        if (_badInARow >= settings.Unhealthy)
            plan.SetHealth(instance, fault, clock);
        else if (_goodInARow >= settings.Healthy)
            plan.SetHealth(instance, null, clock);
    }

    // What is wrong with it, in words; null for nothing.
    private async Task<string?> AskAsync(HealthCheckSettings settings, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using FrameworkClient client = FrameworkClient.Create(new SocketTransportOptions(), settings.Timeout, instance.Tls?.Current);
        using HttpRequestMessage request = RequestOf(settings);
        try
        {
            // Up to the response head: the body is nobody's.
            using HttpResponseMessage response = await client.Invoker.SendAsync(request, either.Token);
            int status = (int)response.StatusCode;
            return settings.IsGood(status) ? null : $"status {status}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer in {settings.Timeout}";
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return error.Message;
        }
    }

    private HttpRequestMessage RequestOf(HealthCheckSettings settings)
    {
        string origin = instance.Url.GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);
        var request = new HttpRequestMessage(HttpMethod.Get, $"{(instance.IsTls ? "https" : "http")}://{origin}{settings.Path}")
        {
            Version = instance.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (instance is { IsTls: true, Tls.ServerName: { } name })
            request.Headers.Host = instance.Url.IsDefaultPort ? name : $"{name}:{instance.Url.Port}";
        request.Headers.UserAgent.ParseAdd("headgate-health-check");
        return request;
    }
}
