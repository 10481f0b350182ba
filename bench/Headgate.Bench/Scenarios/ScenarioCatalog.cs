using System.Globalization;
using Headgate.Bench.Documents;
using Headgate.Bench.Load;
using Headgate.Bench.Measurements;
using Headgate.Bench.Subjects;

namespace Headgate.Bench.Scenarios;

/// <summary>Every scenario, in the order of the report. A new row of the benchmark is one entry here.</summary>
internal static class ScenarioCatalog
{
    private static readonly int[] ConnectionCounts = [1, 64, 512];

    /// <summary>The budget of the data plane for forwarding without any policy.</summary>
    private static readonly Budget BareForward = new("headgate", Metric.CpuMicrosecondsPerRequest, 1.1) { Baseline = "haproxy" };

    /// <summary>The budget of a stored answer, beside the same gateway without a cache.</summary>
    private static readonly Budget CheaperThanForwarding = new("headgate", Metric.CpuMicrosecondsPerRequest, 0.8) { Baseline = "headgate-forward" };

    /// <summary>The budget of a claimed key as a ratio, which holds on other machines too: its 60 µs were written where a forward costs 12.9.</summary>
    private static readonly Budget ClaimByForward = new("headgate", Metric.CpuMicrosecondsPerRequest, 60 / 12.9) { Baseline = "headgate-forward" };

    private static readonly Dictionary<string, string> AnsweredKey = new() { ["Idempotency-Key"] = "answered" };

    // More than are asked for in a second: none is fresh when it comes again.
    private const int ManyUrls = 100_000_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. ConnectionCounts.Select(count => Forward("100b", "100-byte answers", new LoadRequest(NginxUpstream.SmallPath) { Connections = count })),
        .. ConnectionCounts.Select(count => Forward("16k", "16 KiB answers", new LoadRequest(NginxUpstream.LargePath) { Connections = count })),
        .. ConnectionCounts.Select(count => Forward("post1k", "POST with 1 KiB body", Post(count))),
        AccessLog(),
        Scheduling("scheduling-pinned", "inline and pool scheduling, the gateway on its own core", pinned: true),
        Scheduling("scheduling-unpinned", "inline and pool scheduling, all processes on all cores", pinned: false),
        FullChain("one-caller", "one caller with one token", callers: 1, limit: 0.45),
        FullChain("10000-callers", "10,000 callers and tokens in turn", callers: 10_000, limit: 0.6),
        FullChain("new-tokens", "every token new", callers: 10_000, limit: 1.1, everyTokenIsNew: true),
        new PolicyScenario(),
        new GuardScenario(),
        Cached("cache-hit-100b", "stored answers of 100 bytes", 3600, new LoadRequest(NginxUpstream.SmallPath), CheaperThanForwarding),
        Cached("cache-hit-16k", "stored answers of 16 KiB", 3600, new LoadRequest(NginxUpstream.LargePath), CheaperThanForwarding),
        Cached("cache-miss-100b", "every answer fetched and stored, 100 bytes", 1, new LoadRequest(NginxUpstream.SmallPath + "?n=%d") { Operations = ManyUrls }),
        Cached("cache-collapse-512", "512 connections ask for one URL whose answer is fresh for one second", 1, new LoadRequest(NginxUpstream.SmallPath) { Connections = 512 }),
        Idempotent("idempotency-claim", "each with a key of its own", [new Budget("headgate", Metric.CpuMicrosecondsPerRequest, 60), ClaimByForward], load => load with { HasKeys = true }),
        Idempotent("idempotency-replay", "all with one key", [new Budget("headgate", Metric.CpuMicrosecondsPerRequest, 1.2) { Baseline = "headgate-forward" }], load => load with { Headers = AnsweredKey }),
        new OverloadScenario(),
        Aggregate(),
        new DelayedAggregateScenario(),
        new RouterGrowthScenario(),
        new CompileTimeScenario(),
        new ValidationScenario(),
        new IdleConnectionsScenario(),
        new StoreScenario(),
        new EventsScenario(),
        new SagasScenario(),
        new CommerceScenario(),
    ];

    /// <summary>The scenarios whose names match a pattern (<c>*</c> at either end); all for no pattern.</summary>
    /// <exception cref="BenchRefusedException">A pattern matches none.</exception>
    public static IReadOnlyList<Scenario> Choose(IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            if (!All.Any(scenario => Matches(scenario.Name, pattern)))
                throw new BenchRefusedException($"No scenario is called '{pattern}'. ./headgate bench --list names them.");
        }
        return patterns.Count == 0 ? All : [.. All.Where(scenario => patterns.Any(pattern => Matches(scenario.Name, pattern)))];
    }

    private static bool Matches(string name, string pattern)
    {
        var core = pattern.Trim('*');
        return (pattern.StartsWith('*'), pattern.EndsWith('*')) switch
        {
            (true, true) => name.Contains(core, StringComparison.Ordinal),
            (true, false) => name.EndsWith(core, StringComparison.Ordinal),
            (false, true) => name.StartsWith(core, StringComparison.Ordinal),
            _ => name == pattern,
        };
    }

    private static SideBySideScenario Forward(string name, string description, LoadRequest load) => new(
        string.Create(CultureInfo.InvariantCulture, $"forward-{load.Connections}-{name}"),
        string.Create(CultureInfo.InvariantCulture, $"bare forward, {load.Connections} {(load.Connections == 1 ? "connection" : "connections")}, {description}"),
        load,
        [new DirectSubject(), new HaproxySubject(), new NginxSubject(), new HeadgateSubject()])
    {
        Budgets = [BareForward],
    };

    private static LoadRequest Post(int connections) =>
        new(NginxUpstream.PostPath) { Connections = connections, Method = "POST", BodyBytes = 1024 };

    private static SideBySideScenario Cached(string name, string description, int seconds, LoadRequest load, params Budget[] budgets) => new(
        name,
        string.Create(CultureInfo.InvariantCulture, $"{description}, {load.Connections} connections; headgate-forward is the same without a cache"),
        load,
        [new NginxSubject { CacheFor = $"{seconds}s" }, new VarnishSubject { Seconds = seconds }, new HeadgateSubject("headgate-forward"), new HeadgateSubject { Document = () => ForwardDocument.WriteCached($"{seconds}s") }])
    {
        Budgets = budgets,
        Baselines = ["headgate-forward", "nginx", "varnish"],
    };

    private static SideBySideScenario Idempotent(string name, string description, Budget[] budgets, Func<LoadRequest, LoadRequest> withKeys) => new(
        name,
        $"POST with 1 KiB body over 64 connections, {description}; headgate-forward is the same where no key is heeded",
        withKeys(Post(64)),
        [new HeadgateSubject("headgate-forward"), new HeadgateSubject { Document = ForwardDocument.WriteIdempotent }])
    {
        Budgets = budgets,
        Baselines = ["headgate-forward"],
    };

    private static SideBySideScenario Aggregate() => new(
        "aggregate-3-100b",
        "one answer from three parts of 100 bytes, 64 connections; headgate-forward is the same gateway forwarding to one",
        new LoadRequest(NginxUpstream.SmallPath),
        [new HeadgateSubject("headgate-forward"), new HeadgateSubject { Document = ForwardDocument.WriteAggregate, Service = "upstream" }])
    {
        Budgets = [new Budget("headgate", Metric.CpuMicrosecondsPerRequest, 3.3) { Baseline = "headgate-forward" }],
        Baselines = ["headgate-forward"],
    };

    private static SideBySideScenario AccessLog() => new(
        "forward-64-100b-access-log",
        "bare forward, 64 connections, 100-byte answers, each request written to a log file",
        new LoadRequest(NginxUpstream.SmallPath),
        [new HaproxySubject { AccessLog = true }, new NginxSubject { AccessLog = true }, new HeadgateSubject { AccessLog = true }])
    {
        Budgets = [BareForward with { Limit = 1.25 }],
    };

    private static FullChainScenario FullChain(string name, string description, int callers, double limit, bool everyTokenIsNew = false) =>
        new($"full-chain-{name}", $"RS256 token, scope, tenant, three limits and parameters, {description}")
        {
            Callers = callers, Limit = limit, EveryTokenIsNew = everyTokenIsNew,
        };

    private static SideBySideScenario Scheduling(string name, string description, bool pinned) => new(
        name,
        description,
        new LoadRequest(NginxUpstream.SmallPath),
        [
            new HaproxySubject(), new NginxSubject(), new HeadgateSubject("headgate-inline"),
            new HeadgateSubject("headgate-pool") { Arguments = ["--scheduling", "pool"], InlineCompletions = false },
        ])
    {
        Pinned = pinned,
    };
}
