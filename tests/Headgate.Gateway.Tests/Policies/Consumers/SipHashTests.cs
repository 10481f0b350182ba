using System.Globalization;
using System.Text;
using Headgate.Gateway.Policies.Consumers;

namespace Headgate.Gateway.Tests.Policies.Consumers;

public class SipHashTests
{
    // The authors' vectors: key 00 01 … 0f, message 00 01 … of the length given.
    [Theory]
    [InlineData(0, "726fdb47dd0e0e31")]
    [InlineData(1, "74f839c593dc67fd")]
    [InlineData(7, "ab0200f58b01d137")]
    [InlineData(8, "93f5f5799a932462")]
    [InlineData(15, "a129ca6149be45e5")]
    [InlineData(16, "3f2acc7f57c29bdb")]
    [InlineData(40, "0e3ea96b5304a7d0")]
    [InlineData(63, "958a324ceb064572")]
    public void Compute_OfTheAuthorsMessages_GivesTheirHashes(int length, string expected)
    {
        byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        ulong hash = SipHash.Compute(0x0706050403020100, 0x0f0e0d0c0b0a0908, message);
        Assert.Equal(ulong.Parse(expected, NumberStyles.HexNumber, CultureInfo.InvariantCulture), hash);
    }

    [Fact]
    public void Compute_OfText_IsThatOfItsBytes() =>
        Assert.Equal(SipHash.Compute(1, 2, Encoding.Unicode.GetBytes("user-42")), SipHash.Compute(1, 2, "user-42"));

    [Fact]
    public void Hasher_OfTwoProcesses_HashesDifferently() =>
        Assert.NotEqual(new ConsumerHasher().HashOf("user-42"), new ConsumerHasher().HashOf("user-42"));

    [Fact]
    public void Hasher_OfAnAddressAndItsText_HashesDifferently()
    {
        var hasher = new ConsumerHasher();
        UInt128 address = new(0x0031_002E_0032_002E, 0x0033_002E_0034_0000);
        Assert.NotEqual(hasher.HashOf(address), hasher.HashOf(Encoding.Unicode.GetString([.. BitConverter.GetBytes((ulong)(address >> 64)), .. BitConverter.GetBytes((ulong)address)])));
    }
}
