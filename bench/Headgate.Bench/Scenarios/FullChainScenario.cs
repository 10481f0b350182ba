using Headgate.Bench.FullChain;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Processes;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>Everything that a caller goes through, beside HAProxy that checks the same tokens and counts the same requests.</summary>
internal sealed class FullChainScenario(string name, string description) : Scenario(name, description)
{
    // More than a core verifies in a second. A round that runs out of tokens nevertheless has failed requests, and its row says so.
    private const int MostNewTokensPerSecond = 30_000;
    private static readonly TimeSpan LongestWithNewTokens = TimeSpan.FromSeconds(2);

    /// <summary>How many callers take turns, each with one token.</summary>
    public required int Callers { get; init; }

    /// <summary>Whether no token is sent twice to a subject once it is warm.</summary>
    public bool EveryTokenIsNew { get; init; }

    /// <summary>The most CPU per request, as a ratio to HAProxy's.</summary>
    public required double Limit { get; init; }

    public override async Task<ScenarioResult> RunAsync(BenchContext context, CancellationToken cancellation)
    {
        context = context with { Options = context.Options with { Duration = DurationOf(context.Options) } };
        var mint = new TokenMint(context.Time.GetUtcNow());
        var (keySet, key) = (Path.Combine(context.Folder, "jwks.json"), Path.Combine(context.Folder, "key.pem"));
        await File.WriteAllTextAsync(keySet, mint.KeySet(), cancellation);
        await File.WriteAllTextAsync(key, mint.PublicKeyPem(), cancellation);
        var known = new TokenFile(Path.Combine(context.Folder, "known.txt"), Repeats: true);
        await mint.WriteAsync(known.Path, Callers, 0, Callers, cancellation);
        var fresh = EveryTokenIsNew ? await WriteNewAsync(context, mint, cancellation) : [];

        Subject[] subjects = [HaproxyFullChain.Subject(key), new HeadgateSubject { Document = () => FullChainDocument.Write(keySet) }];
        await using var bed = await TestBed.StartAsync(context, subjects, CorePlacement.Pinned(), cancellation);
        foreach (var subject in bed.Running)
            await new FullChainCheck(mint).RunAsync(subject, cancellation);
        var turns = bed.Running.ToDictionary(subject => subject, _ => new Queue<TokenFile>([known, .. fresh]));
        var rows = await new LoadRounds(context, bed).MeasureAsync(
            subject => new LoadRequest(FullChainDocument.Target) { Tokens = turns[subject].TryDequeue(out var next) ? next : known }, cancellation);
        return Result(rows);
    }

    private TimeSpan DurationOf(BenchOptions options) =>
        EveryTokenIsNew && options.Duration > LongestWithNewTokens ? LongestWithNewTokens : options.Duration;

    // A file for each round; both subjects see the same.
    private async Task<List<TokenFile>> WriteNewAsync(BenchContext context, TokenMint mint, CancellationToken cancellation)
    {
        var count = (int)Math.Ceiling(context.Options.Duration.TotalSeconds * MostNewTokensPerSecond);
        var files = new List<TokenFile>();
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            context.Say($"   signing {count} tokens for round {round}/{context.Options.Rounds}");
            var file = new TokenFile(Path.Combine(context.Folder, $"new-{round}.txt"), Repeats: false);
            await mint.WriteAsync(file.Path, Callers, Callers + ((round - 1) * count), count, cancellation);
            files.Add(file);
        }
        return files;
    }

    private ScenarioResult Result(IReadOnlyList<ResultRow> rows) => new(Name, Description, LoadRounds.Columns, rows)
    {
        Baselines = ["haproxy"],
        Budgets = [new Budget("headgate", Metric.CpuMicrosecondsPerRequest, Limit) { Baseline = "haproxy" }],
        Note = "Both verify RS256 and check iss, aud, exp and scope, then count by user, tenant and all; before it was measured, each refused tokens with each of these wrong."
            + " Headgate also holds the parameters to their schemas, hands user and tenant to the service, makes ids and trace context, and keeps metrics."
            + " nginx is not here: its open version verifies no tokens.",
    };
}
