using System.Net;
using System.Net.Sockets;

namespace Headgate.Bench.Processes;

/// <summary>Ports and readiness on 127.0.0.1.</summary>
internal static class Loopback
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port after which so many are free now.</summary>
    public static int FreeBase(int ports)
    {
        while (true)
        {
            var first = FreePort();
            if (first + ports <= IPEndPoint.MaxPort && Enumerable.Range(first + 1, ports).All(IsFree))
                return first;
        }
    }

    public static Uri Address(int port) => new($"http://127.0.0.1:{port}");

    /// <summary>Polls until the address answers 200 or 401, the process ends or the bound is reached; null when ready, else the reason.</summary>
    public static async Task<string?> WaitReadyAsync(
        ChildProcess process, Uri address, TimeSpan bound, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var last = "no answer";
        while (time.GetElapsedTime(started) < bound)
        {
            if (process.HasExited)
                return $"ended with exit code {process.ExitCode}: {process.LastWords()}";
            last = await ProbeAsync(address, cancellation);
            if (last.Length == 0)
                return null;
            await Task.Delay(Poll, time, cancellation);
        }
        return $"not ready after {bound.TotalSeconds:0} s ({last}): {process.LastWords()}";
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> ProbeAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var response = await Client.GetAsync(address, cancellation);
            // Who asks for a credential is up as well.
            return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Unauthorized ? "" : $"{address.AbsolutePath} answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException failed)
        {
            return failed.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer within 2 s";
        }
    }
}
