using System.Globalization;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>Prints how a running instance stands.</summary>
internal static class StatusText
{
    /// <summary>Whether the instance wants traffic, in a line.</summary>
    public static string Of(DrainReport drain)
    {
        string underWay = $"{Counted.Of(drain.RequestsInFlight, "request")} under way, {Counted.Of(drain.Connections, "connection")}";
        return drain.Since is { } since ? $"drained by hand since {since:u}, {underWay}" : drain.Draining ? $"draining, {underWay}" : underWay;
    }

    /// <summary>A reload, in a line.</summary>
    public static string Of(PastReload reload, CommandConsole console)
    {
        string outcome = reload.Succeeded ? "without errors" : console.Red($"with {Counted.Of(reload.ErrorCount, "error")}");
        string[] changes =
        [
            .. reload.Changes.AddedCount > 0 ? [$"{reload.Changes.AddedCount} added"] : Array.Empty<string>(),
            .. reload.Changes.RemovedCount > 0 ? [$"{reload.Changes.RemovedCount} removed"] : Array.Empty<string>(),
            .. reload.Changes.ChangedCount > 0 ? [$"{reload.Changes.ChangedCount} changed"] : Array.Empty<string>(),
        ];
        return string.Create(CultureInfo.InvariantCulture, $"{reload.At:u} by {reload.Trigger}, {reload.Milliseconds} ms, {outcome}, plan {reload.Generation}: {(changes.Length == 0 ? "nothing changed" : string.Join(", ", changes))}");
    }

    /// <summary>Who uses a deprecated operation, in a line.</summary>
    public static string Of(DeprecatedReport operation) => operation.LastCall is { } last
        ? $"{operation.Operation} of {operation.Api}: {Counted.Of(operation.Calls, "call")} by {Counted.Of(operation.Callers, "caller")}, the last {last:u}"
        : $"{operation.Operation} of {operation.Api}: no calls";

    /// <summary>Services with their instances, breakers and pools.</summary>
    public static void Write(IReadOnlyList<ServiceReport> services, CommandConsole console)
    {
        foreach (ServiceReport service in services)
        {
            console.Output.WriteLine($"  service  {service.Service}{(service.Panics ? console.Red(": so few instances are usable that none is left out") : "")}");
            TextTable.Write(console.Output, [.. service.Instances.Select(instance => Row(instance))]);
            foreach (BreakerReport breaker in service.Breakers.Where(breaker => breaker.State != "closed" || breaker.Refused > 0))
                console.Output.WriteLine($"    breaker{(breaker.Operation is null ? "" : $" of {breaker.Operation}")} is {(breaker.State == "closed" ? "closed" : console.Red(breaker.State))}{Wait(breaker)}, {Counted.Of(breaker.Refused, "call")} refused so far");
        }
    }

    private static string Wait(BreakerReport breaker) =>
        breaker.RetryAfterSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $" for {breaker.RetryAfterSeconds} s more") : "";

    private static string[] Row(InstanceReport instance) =>
    [
        "    " + instance.Url,
        instance.BackInSeconds is { } back ? string.Create(CultureInfo.InvariantCulture, $"{instance.State} for {back} s more") : instance.State,
        $"{instance.InFlight} under way",
        instance.Pool is { } pool ? $"{Counted.Of(pool.Open, "connection")} ({pool.InUse} in use, {pool.Idle} idle)" : "connections are the framework's",
    ];
}
