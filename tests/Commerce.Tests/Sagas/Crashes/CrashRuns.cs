using System.Globalization;

namespace Commerce.Tests.Sagas.Crashes;

/// <summary>How much is to be crashed: a little in every test run, much with <c>./headgate test --crash</c>.</summary>
internal static class CrashRuns
{
    private const int DefaultRandom = 1;
    private const int DefaultSeed = 20261128;
    private const string RunsVariable = "HEADGATE_CRASH_RUNS";
    private const string SeedVariable = "HEADGATE_CRASH_SEED";

    /// <summary>Whether time is no matter.</summary>
    public static bool IsThorough { get; } = Environment.GetEnvironmentVariable(RunsVariable) is not null;

    /// <summary>How many crashes at random.</summary>
    public static int Random { get; } = NumberOf(RunsVariable, DefaultRandom);

    /// <summary>What chance begins with: the same seed has the same crashes.</summary>
    public static int Seed { get; } = NumberOf(SeedVariable, DefaultSeed);

    private static int NumberOf(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
