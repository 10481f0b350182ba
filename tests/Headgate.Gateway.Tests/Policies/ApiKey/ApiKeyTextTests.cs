using System.Text.RegularExpressions;
using Headgate.Gateway.Policies.ApiKey.Keys;

namespace Headgate.Gateway.Tests.Policies.ApiKey;

/// <summary>What a key looks like: told from everything else by its look alone.</summary>
public class ApiKeyTextTests
{
    // Computed with zlib.crc32 of Python.
    private const string Known = "hgk_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0YEFxy";

    [Fact]
    public void Checksum_IsThatOfEveryOtherImplementation()
    {
        // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
        Assert.Equal(0xCBF43926, Crc32.Compute("123456789"));
        Assert.True(ApiKeyText.TryReadId(Known, out ReadOnlySpan<char> id));
        Assert.Equal("0123456789ab", id.ToString());
    }

    [Fact]
    public void NewKey_HasTheDocumentedForm_AndItsId()
    {
        string id = ApiKeyText.NewId();
        string key = ApiKeyText.New(id);

        Assert.Matches(new Regex("^hgk_[0-9a-z]{12}_[0-9A-Za-z]{49}$"), key);
        Assert.Equal(ApiKeyText.Length, key.Length);
        Assert.True(ApiKeyText.TryReadId(key, out ReadOnlySpan<char> read));
        Assert.Equal(id, read.ToString());
    }

    [Fact]
    public void Secret_HasTheEntropyOf256Bits()
    {
        Assert.True(ApiKeyText.SecretLength * Math.Log2(62) >= 256);
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => ApiKeyText.New("0123456789ab")).Distinct().Count());
    }

    [Fact]
    public void SlipOfThePen_AtAnyPlace_IsNoticed()
    {
        string key = ApiKeyText.New(ApiKeyText.NewId());
        for (int i = 0; i < key.Length; i++)
        {
            foreach (char other in "0aZ_ \u00e9".Where(other => other != key[i]))
                Assert.False(ApiKeyText.TryReadId($"{key[..i]}{other}{key[(i + 1)..]}", out _), $"{other} at {i}");
            if (i > 0 && key[i] != key[i - 1])
                Assert.False(ApiKeyText.TryReadId($"{key[..(i - 1)]}{key[i]}{key[i - 1]}{key[(i + 1)..]}", out _), $"{i - 1} and {i} swapped");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hgk_")]
    [InlineData("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")]
    [InlineData(Known + "0")]
    [InlineData(" " + Known)]
    [InlineData("HGK_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0YEFxy")]
    public void OtherText_IsNoKey(string text)
    {
        Assert.False(ApiKeyText.TryReadId(text, out ReadOnlySpan<char> id));
        Assert.True(id.IsEmpty);
    }

    [Fact]
    public void Any_ShortenedKey_IsNoKey()
    {
        string key = ApiKeyText.New(ApiKeyText.NewId());
        for (int length = 0; length < key.Length; length++)
            Assert.False(ApiKeyText.TryReadId(key.AsSpan(0, length), out _));
    }
}
