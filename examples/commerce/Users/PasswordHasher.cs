using System.Globalization;
using System.Security.Cryptography;

namespace Commerce.Users;

/// <summary>PBKDF2 with SHA-256. Each hash names its own rounds, so that they can be raised without locking anybody out.</summary>
internal sealed class PasswordHasher(int iterations)
{
    /// <summary>OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256.</summary>
    public const int DefaultIterations = 600_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // For users that do not exist: verifying against it takes as long as for those that do.
    private readonly string _nobody = new PasswordHashText(iterations, new byte[SaltBytes], new byte[HashBytes]).ToString();

    public string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHashText(iterations, salt, Derive(password, salt, iterations)).ToString();
    }

    /// <summary>True when the password is right. Without a hash the answer is no, after the same work.</summary>
    public bool Verify(string password, string? hash)
    {
        var (rounds, salt, expected) = PasswordHashText.Parse(hash ?? _nobody);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, rounds), expected) && hash is not null;
    }

    private static byte[] Derive(string password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    private sealed record PasswordHashText(int Rounds, byte[] Salt, byte[] Hash)
    {
        public static PasswordHashText Parse(string text)
        {
            var parts = text.Split('$');
            return parts is [Scheme, var rounds, var salt, var hash]
                ? new PasswordHashText(int.Parse(rounds, CultureInfo.InvariantCulture), Convert.FromBase64String(salt), Convert.FromBase64String(hash))
                : throw new FormatException("A stored password hash is not readable.");
        }

        public override string ToString() => string.Join('$',
            Scheme, Rounds.ToString(CultureInfo.InvariantCulture), Convert.ToBase64String(Salt), Convert.ToBase64String(Hash));
    }
}
