namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>The JSON-Schema-Test-Suite for draft 2020-12.</summary>
public class JsonSchemaSuiteTests
{
    public static TheoryData<string> Mandatory => [.. JsonSchemaSuite.Files("draft2020-12").Select(file => $"draft2020-12/{file}")];

    [Theory]
    [MemberData(nameof(Mandatory))]
    public void MandatoryTests_OfAFile_AllComeOutRight(string file)
    {
        (int count, List<string> failures) = JsonSchemaSuite.Run(file);

        Assert.True(count > 0, "The file has no tests.");
        Assert.Empty(failures);
    }
}
