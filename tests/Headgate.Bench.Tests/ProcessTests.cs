using Headgate.Bench.Load;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Tests;

public class ProcessTests
{
    [Fact]
    public void Stat_WithParenthesesInTheName_IsReadAfterTheLastOne()
    {
        const string stat = "42 (odd ) name) S 7 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 1 0 100 1000 3 18446744073709551615\n";

        var usage = ProcessUsage.Parse(ProcessUsage.Fields(stat));

        Assert.Equal(TimeSpan.FromSeconds(2), usage.Cpu);
        Assert.Equal(3L * Environment.SystemPageSize, usage.ResidentBytes);
    }

    [Fact]
    public void Usage_OfThisProcess_IsNotZero()
    {
        var usage = ProcessUsage.OfTree(Environment.ProcessId);

        Assert.True(usage.Cpu > TimeSpan.Zero);
        Assert.True(usage.ResidentBytes > 1024 * 1024);
    }

    [Theory]
    [InlineData("0-3,8", 0, 1)]
    [InlineData("5,9-10", 5, 9)]
    public void AllowedCores_TheFirstTwo_ArePinned(string list, int subject, int load) =>
        Assert.Equal(new CorePlacement(subject, load), CorePlacement.FromAllowedList(list));

    [Fact]
    public void AllowedCores_OnlyOne_LeavesPlacementToTheKernel() =>
        Assert.Equal(CorePlacement.Unpinned, CorePlacement.FromAllowedList("3"));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", true)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbod", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n", true)]
    public void Answer_IsCompleteWhenItsBodyIs(string answer, bool expected) =>
        Assert.Equal(expected, KeepAliveExchange.IsComplete(answer));
}
