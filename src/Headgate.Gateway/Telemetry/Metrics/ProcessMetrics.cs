using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Headgate.Gateway.Telemetry.Metrics;

/// <summary>What the operating system and the runtime say of the process.</summary>
internal static class ProcessMetrics
{
    public static IEnumerable<MetricFamily> Families()
    {
        string version = typeof(ProcessMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        yield return new MetricFamily(MetricCatalogue.BuildInfo, () => [new MetricSample(1, version, RuntimeInformation.FrameworkDescription)]);
        yield return new MetricFamily(MetricCatalogue.ProcessCpu, ReadCpu);
        yield return MetricFamily.Of(MetricCatalogue.ProcessMemory, static () => Environment.WorkingSet);
        yield return MetricFamily.Of(MetricCatalogue.ProcessStart, static () => ReadProcess(process =>
            new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0));
        yield return MetricFamily.Of(MetricCatalogue.ProcessThreads, static () => ReadProcess(process => process.Threads.Count));
        yield return MetricFamily.Of(MetricCatalogue.PoolThreads, static () => ThreadPool.ThreadCount);
        yield return MetricFamily.Of(MetricCatalogue.PoolQueue, static () => ThreadPool.PendingWorkItemCount);
        yield return new MetricFamily(MetricCatalogue.GcCollections, ReadCollections);
        yield return MetricFamily.Of(MetricCatalogue.GcPause, static () => GC.GetTotalPauseDuration().TotalSeconds);
        yield return MetricFamily.Of(MetricCatalogue.GcAllocated, static () => GC.GetTotalAllocatedBytes());
        yield return MetricFamily.Of(MetricCatalogue.GcHeap, static () => GC.GetGCMemoryInfo().HeapSizeBytes);
        yield return MetricFamily.Of(MetricCatalogue.Jit, static () => JitInfo.GetCompilationTime().TotalSeconds);
    }

    private static double ReadProcess(Func<Process, double> read)
    {
        using Process process = Process.GetCurrentProcess();
        return read(process);
    }

    private static MetricSample[] ReadCpu()
    {
        if (OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS())
            return [];
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        return [new MetricSample(usage.UserTime.TotalSeconds, "user"), new MetricSample(usage.PrivilegedTime.TotalSeconds, "system")];
    }

    private static MetricSample[] ReadCollections() =>
        [new(GC.CollectionCount(0), "0"), new(GC.CollectionCount(1), "1"), new(GC.CollectionCount(2), "2")];
}
