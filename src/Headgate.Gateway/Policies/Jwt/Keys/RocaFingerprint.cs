using System.Numerics;

namespace Headgate.Gateway.Policies.Jwt.Keys;

/// <summary>
/// Recognises RSA keys of the chips of CVE-2017-15361 (Nemec et al., "The Return of Coppersmith's Attack", §2.2): their modulus is a power of 65537 modulo
/// every small prime. A sound key has that property by chance only, with a probability below 2^-27.
/// </summary>
internal static class RocaFingerprint
{
    private const int Generator = 65537;

    private static readonly int[] s_primes = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167];

    public static bool Matches(BigInteger modulus)
    {
        foreach (int prime in s_primes)
        {
            if (!IsPower((int)(modulus % prime), prime))
                return false;
        }

        return true;
    }

    private static bool IsPower(int remainder, int prime)
    {
        int power = 1;
        do
        {
            if (power == remainder)
                return true;
            power = (int)((long)power * Generator % prime);
        }
        while (power != 1);
        return false;
    }
}
