namespace Headgate.Bench.Reports;

/// <summary>What a reader must know of the machine; nothing that names it.</summary>
internal sealed record MachineDescription(int Cores, string Cpu)
{
    public static MachineDescription Read()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return new MachineDescription(Environment.ProcessorCount, model is null ? "unknown" : model[(model.IndexOf(':') + 1)..].Trim());
    }
}
