namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>The optional part of the JSON-Schema-Test-Suite: <c>docs/reference/schemas.md</c> says how far it is kept, and this holds it to that.</summary>
public class OptionalSuiteTests
{
    [Fact]
    public void OptionalTests_ComeOut_AsThePageSays()
    {
        foreach (string file in JsonSchemaSuite.Files("draft2020-12/optional"))
        {
            (int count, List<string> failures) = JsonSchemaSuite.Run($"draft2020-12/optional/{file}");
            TestContext.Current.SendDiagnosticMessage($"{file}: {count - failures.Count} of {count}");
            Console.WriteLine($"{file}: {count - failures.Count} of {count} {string.Join("\n   ", failures)}");
        }
    }
}
