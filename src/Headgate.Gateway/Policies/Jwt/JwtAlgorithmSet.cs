namespace Headgate.Gateway.Policies.Jwt;

/// <summary>The algorithms that a scheme accepts. Immutable.</summary>
internal readonly struct JwtAlgorithmSet(IEnumerable<JwtAlgorithm> algorithms)
{
    private readonly uint _bits = algorithms.Aggregate(0u, (bits, algorithm) => bits | (1u << (int)algorithm));

    public bool Contains(JwtAlgorithm algorithm) => (_bits & (1u << (int)algorithm)) != 0;
}
