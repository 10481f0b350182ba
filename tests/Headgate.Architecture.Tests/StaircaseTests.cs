using System.Reflection;

namespace Headgate.Architecture.Tests;

/// <summary>Dependencies run one way, like a staircase: {OpenApi, Storage} ← Gateway ← Integration ← Realtime ← Platform ← Server.</summary>
public class StaircaseTests
{
    private static readonly string[][] s_steps =
    [
        ["Headgate.OpenApi", "Headgate.Storage"],
        ["Headgate.Gateway"],
        ["Headgate.Integration"],
        ["Headgate.Realtime"],
        ["Headgate.Platform"],
        ["headgate"],
    ];

    public static TheoryData<string> Assemblies() => [.. Directory.EnumerateDirectories(Path.Combine(RepositoryFiles.Root, "src")).Select(folder => AssemblyNameOf(Path.GetFileName(folder)))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_References_OnlyLowerSteps(string name)
    {
        int step = StepOf(name);
        Assert.True(step >= 0, $"{name} has no step in the staircase: a new assembly needs a decision record.");

        foreach (AssemblyName reference in Assembly.Load(name).GetReferencedAssemblies())
        {
            int below = StepOf(reference.Name!);
            Assert.True(below < step, $"{name} must not reference {reference.Name}.");
        }
    }

    [Fact]
    public void OpenApi_Assembly_IsPure()
    {
        IEnumerable<string?> names = Assembly.Load("Headgate.OpenApi").GetReferencedAssemblies().Select(reference => reference.Name);
        Assert.DoesNotContain(names, name => name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name is "System.Net.Http" or "System.Net.Sockets");
    }

    [Fact]
    public void Examples_NeverReference_Headgate()
    {
        foreach (string project in Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "examples"), "*.csproj", SearchOption.AllDirectories))
            Assert.DoesNotContain("Headgate.", File.ReadAllText(project), StringComparison.Ordinal);
    }

    private static int StepOf(string assembly) => Array.FindIndex(s_steps, step => step.Contains(assembly));

    private static string AssemblyNameOf(string folder) => folder == "Headgate.Server" ? "headgate" : folder;
}
