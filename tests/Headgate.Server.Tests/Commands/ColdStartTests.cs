using System.Diagnostics;
using Headgate.Server.Tests.Support;

namespace Headgate.Server.Tests.Commands;

/// <summary>How long a command takes whose program has to be started for it. Alone: tests beside it would be measured too.</summary>
[CollectionDefinition(nameof(ColdStartTests), DisableParallelization = true)]
[Collection(nameof(ColdStartTests))]
public sealed class ColdStartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Validate_TakesLessThanASecond()
    {
        _directory.Write("pets.yaml", Samples.Pets);
        var times = new List<TimeSpan>();
        for (int i = 0; i < 3; i++)
        {
            long began = Stopwatch.GetTimestamp();
            Assert.Equal(0, (await ProgramProcess.RunAsync(_directory.Path, "validate", "pets.yaml")).ExitCode);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        // The best of three: other programs of the machine are measured too.
        Assert.InRange(times.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
