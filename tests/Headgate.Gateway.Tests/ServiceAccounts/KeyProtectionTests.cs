using Headgate.Gateway.ServiceAccounts.SigningKeys;

namespace Headgate.Gateway.Tests.ServiceAccounts;

/// <summary>Private keys under a secret: read again with the same one alone, and only as the key that they are.</summary>
public class KeyProtectionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly KeyProtection _protection = new(new string('a', 32));

    [Fact]
    public void Key_UnderTheSameSecret_IsRead()
    {
        byte[] privateKey = [1, 2, 3];
        SigningKey key = KeyOf(_protection, privateKey);
        Assert.Equal(privateKey, new KeyProtection(new string('a', 32)).Reveal(key));
        Assert.NotEqual(key.PrivateKey, _protection.Protect("kid", privateKey));
    }

    [Fact]
    public void Key_UnderAnotherSecret_OrNone_IsNotRead()
    {
        SigningKey key = KeyOf(_protection, [1, 2, 3]);
        Assert.Null(new KeyProtection(new string('b', 32)).Reveal(key));
        Assert.Null(new KeyProtection(null).Reveal(key));
    }

    [Fact]
    public void Key_ThatWasChanged_OrMoved_IsNotRead()
    {
        SigningKey key = KeyOf(_protection, [1, 2, 3]);
        for (int i = 0; i < key.PrivateKey.Length; i++)
        {
            byte[] changed = [.. key.PrivateKey];
            changed[i] ^= 1;
            Assert.Null(_protection.Reveal(key with { PrivateKey = changed }));
        }

        Assert.Null(_protection.Reveal(key with { KeyId = "other" }));
        Assert.Null(_protection.Reveal(key with { PrivateKey = [] }));
    }

    [Fact]
    public void Key_WithoutASecret_IsKeptAsItIs()
    {
        var plain = new KeyProtection(null);
        SigningKey key = KeyOf(plain, [1, 2, 3]);
        Assert.Equal(KeyProtection.Plain, key.Protection);
        Assert.Equal([1, 2, 3], key.PrivateKey);

        // A secret that is given later reads what was kept before.
        Assert.Equal(key.PrivateKey, _protection.Reveal(key));
    }

    private static SigningKey KeyOf(KeyProtection protection, byte[] privateKey) => new("kid", "{}", protection.Protect("kid", privateKey), protection.Form, s_now, s_now);
}
