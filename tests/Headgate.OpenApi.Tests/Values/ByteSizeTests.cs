using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1024", 1024)]
    [InlineData("10B", 10)]
    [InlineData("16KiB", 16 * 1024)]
    [InlineData("1MiB", 1024 * 1024)]
    [InlineData("1.5MiB", 1536 * 1024)]
    [InlineData("2GiB", 2L * 1024 * 1024 * 1024)]
    [InlineData("64kB", 64_000)]
    [InlineData("1MB", 1_000_000)]
    [InlineData("1GB", 1_000_000_000)]
    public void TryParse_NumberAndUnit_IsRead(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out ByteSize size));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("1.0001KiB")]
    [InlineData("1 MiB")]
    [InlineData("1mib")]
    [InlineData("1TiB")]
    [InlineData("8589934592GiB")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1000, "1000B")]
    [InlineData(16384, "16KiB")]
    [InlineData(1048576, "1MiB")]
    public void ToString_UsesTheLargestWholeUnit(long bytes, string printed) => Assert.Equal(printed, new ByteSize(bytes).ToString());
}
