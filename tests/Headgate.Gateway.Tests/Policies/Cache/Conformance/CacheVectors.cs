using System.Text.Json;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>The cases of the public test suite for HTTP caches, as they lie in the shared conformance data.</summary>
internal static class CacheVectors
{
    private static readonly Lazy<IReadOnlyList<CacheCase>> s_cases = new(Load);

    /// <summary>The cases that are for a cache between clients and services; those for browsers alone are left out.</summary>
    public static IReadOnlyList<CacheCase> Cases => s_cases.Value;

    private static CacheCase[] Load()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), "cache-tests.json")));
        return [.. document.RootElement.GetProperty("suites").EnumerateArray()
            .SelectMany(suite => suite.GetProperty("tests").EnumerateArray())
            .Where(test => !test.TryGetProperty("browser_only", out JsonElement only) || !only.GetBoolean())
            .Select(test => new CacheCase(
                test.GetProperty("id").GetString()!,
                test.TryGetProperty("kind", out JsonElement kind) ? kind.GetString()! : "required",
                [.. test.GetProperty("requests").EnumerateArray().Select(request => new CacheStep(request.Clone()))]))];
    }

    private static string Folder()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Headgate.slnx")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The repository was not found above the test.");
        return ((string[])["..", "../.."]).Select(up => Path.Combine(directory.FullName, up, "shared/conformance/http-cache")).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException("The conformance data is expected in ../shared/conformance beside the repository.");
    }
}
