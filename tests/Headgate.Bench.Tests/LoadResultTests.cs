using Headgate.Bench.Load;

namespace Headgate.Bench.Tests;

public class LoadResultTests
{
    [Fact]
    public void Output_WithTheScriptsLine_GivesExactFigures()
    {
        const string output = """
            Running 1s test @ http://127.0.0.1:1/
              12 requests in 1.00s
            {"requests":5000,"durationMicroseconds":2000000,"p50Microseconds":840,"p99Microseconds":1730,"failed":3}
            """;

        var result = LoadResult.Parse(output);

        Assert.Equal(new LoadResult(5000, 2_000_000, 840, 1730, 3), result);
        Assert.Equal(2500, result!.RequestsPerSecond);
    }

    [Fact]
    public void Output_WithoutTheScriptsLine_GivesNothing() =>
        Assert.Null(LoadResult.Parse("unable to connect to 127.0.0.1:1 Connection refused"));
}
