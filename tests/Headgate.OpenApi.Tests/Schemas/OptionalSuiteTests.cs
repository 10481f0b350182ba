using Headgate.OpenApi.Tests.Conformance;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>The optional part of the JSON-Schema-Test-Suite: the reference page says how far it is kept, and this holds it to that.</summary>
public class OptionalSuiteTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(ConformanceFiles.RepositoryRoot, "docs/reference/schemas.md"));

    public static TheoryData<string> Optional => [.. JsonSchemaSuite.Files("draft2020-12/optional")];

    [Theory]
    [MemberData(nameof(Optional))]
    public void OptionalTests_OfAFile_ComeOutAsThePageSays(string file)
    {
        (int count, List<string> failures) = JsonSchemaSuite.Run($"draft2020-12/optional/{file}");

        Assert.Contains($"| `{file}` | {count - failures.Count} | {count} |", s_page, StringComparison.Ordinal);
    }
}
