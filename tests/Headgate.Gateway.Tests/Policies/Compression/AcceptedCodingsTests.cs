using Headgate.Gateway.Policies.Compression;

namespace Headgate.Gateway.Tests.Policies.Compression;

public class AcceptedCodingsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("gzip", ContentCoding.Gzip)]
    [InlineData("x-gzip", ContentCoding.Gzip)]
    [InlineData("deflate, GZIP", ContentCoding.Gzip)]
    [InlineData("gzip, deflate, br, zstd", ContentCoding.Br)]
    [InlineData("br;q=0.5, gzip", ContentCoding.Gzip)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("br; q=0 , *", ContentCoding.Gzip)]
    [InlineData("*", ContentCoding.Br)]
    [InlineData("*;q=0", null)]
    [InlineData("gzip;q=0.2, identity;q=0.5", null)]
    [InlineData("gzip;q=0.5, identity;q=0.5", ContentCoding.Gzip)]
    [InlineData("gzip;q=nonsense", null)]
    [InlineData("gzip;level=3", ContentCoding.Gzip)]
    [InlineData(",,;;,", null)]
    public void Choose_TakesWhatTheClientLikesBest(string? accepted, ContentCoding? expected) =>
        Assert.Equal(expected, AcceptedCodings.Choose(accepted, [ContentCoding.Br, ContentCoding.Gzip]));

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/problem+json; charset=utf-8", true)]
    [InlineData("TEXT/HTML", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("application/x-shop", true)]
    [InlineData("text/event-stream", false)]
    [InlineData("image/png", false)]
    [InlineData("application/zip", false)]
    [InlineData("application/octet-stream", false)]
    [InlineData(null, false)]
    public void Types_AreThoseThatAreWorthIt(string? type, bool expected) => Assert.Equal(expected, new CompressibleTypes(["application/x-shop"]).Contains(type));
}
