using System.Text.Json.Nodes;
using Headgate.Bench.FullChain;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Bench.Policies;

/// <summary>
/// What a policy adds to a request: the same request through two pipelines that differ in this policy alone, in turn, in slices so short that
/// what disturbs the machine meets both alike.
/// </summary>
internal sealed class PolicyCost : IAsyncDisposable
{
    private const int RequestsPerSlice = 2_000;

    private readonly PolicyLane with;
    private readonly PolicyLane without;
    private readonly IssuerKeysDirectory issuers;
    private readonly TimeProvider time;

    private PolicyCost(PolicyLane with, PolicyLane without, IssuerKeysDirectory issuers, TimeProvider time) =>
        (this.with, this.without, this.issuers, this.time) = (with, without, issuers, time);

    /// <summary>Prepares a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="folder">A folder for the keys of its issuer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="MeasurementFailedException">The row is not as it should be.</exception>
    public static async Task<PolicyCost> PrepareAsync(PolicyRow row, string folder, TimeProvider time, CancellationToken cancellation)
    {
        var mint = new TokenMint(time.GetUtcNow());
        var keySet = Path.Combine(folder, "jwks.json");
        await File.WriteAllTextAsync(keySet, mint.KeySet(), cancellation);
        var document = row.Document(Scheme(keySet));
        var request = row.Request(Token(mint));
        var issuers = new IssuerKeysDirectory(time, NullLogger<IssuerKeysDirectory>.Instance);
        var authenticators = new JwtAuthenticatorCompiler(issuers, new VerifiedTokens(), time, NullLogger<JwtAuthenticatorCompiler>.Instance);
        var with = await PolicyLane.StartAsync(document, row.Policy, isLeftOut: false, authenticators, request, time, cancellation);
        var without = await PolicyLane.StartAsync(document, row.Policy, isLeftOut: true, authenticators, request, time, cancellation);
        return new PolicyCost(with, without, issuers, time);
    }

    /// <summary>Measures for a while. Nanoseconds are medians of the slices; bytes are the least of any slice, since the runtime itself allocates once in a while.</summary>
    public PolicyFigures Measure(TimeSpan duration)
    {
        var (withIt, withoutIt) = (new List<Slice>(), new List<Slice>());
        var started = time.GetTimestamp();
        do
        {
            withIt.Add(Run(with));
            withoutIt.Add(Run(without));
        }
        while (time.GetElapsedTime(started) < duration);
        return new PolicyFigures(
            Median(withoutIt),
            Median(withIt) - Median(withoutIt),
            (withIt.Min(slice => slice.Bytes) - withoutIt.Min(slice => slice.Bytes)) / (double)RequestsPerSlice);
    }

    public async ValueTask DisposeAsync()
    {
        await with.DisposeAsync();
        await without.DisposeAsync();
        issuers.Dispose();
    }

    private Slice Run(PolicyLane lane)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = time.GetTimestamp();
        lane.Send(RequestsPerSlice);
        return new Slice(time.GetElapsedTime(began).TotalNanoseconds / RequestsPerSlice, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static double Median(List<Slice> slices) => slices.Select(slice => slice.Nanoseconds).Order().ElementAt(slices.Count / 2);

    private static string Token(TokenMint mint)
    {
        var claims = mint.Claims(0, 0);
        claims["roles"] = new JsonArray(new JsonObject { ["role"] = "clerk", ["scope"] = "tenant:*", ["permissions"] = new JsonArray("products:*", "orders:read") });
        return mint.Sign(claims);
    }

    private static string Scheme(string keySet) =>
        $$"""{ type: http, scheme: bearer, x-gateway-jwt: { issuer: "{{TokenMint.Issuer}}", audiences: ["{{TokenMint.Audience}}"], jwks: { file: "{{keySet}}" } } }""";

    private readonly record struct Slice(double Nanoseconds, long Bytes);
}
