using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>The public suite's cases, each against the real gateway with a real upstream. What is not as the suite would have it stands in a list with its reason, which may only shrink.</summary>
public class CacheConformanceTests(CacheConformanceFixture results) : IClassFixture<CacheConformanceFixture>
{
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["headers-store-Set-Cookie"] = "An answer that sets a cookie is not given to others unless it says public or s-maxage.",
        ["headers-store-Transfer-Encoding"] = "An answer with an unknown transfer coding cannot be framed and is 502.",
        ["method-POST"] = "Answers to POST are not stored.",
        ["vary-normalise-lang-order"] = "The order of languages may be a preference, and the upstream may heed it (RFC 9110 §12.5.4).",
        ["vary-normalise-lang-select"] = "Which language fits is the upstream's to decide.",
        ["conditional-lm-fresh-no-lm"] = "The answer's date is later than the condition's (RFC 9111 §4.3.2).",
    };

    public static TheoryData<string> Ids() => [.. CacheVectors.Cases.Where(test => test.Kind != "check").Select(test => test.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Case_AgainstTheGateway_IsAsTheSuiteWantsIt(string id)
    {
        if (s_exceptions.ContainsKey(id))
            Assert.False(results.ProblemOf(id) is null, $"{id} needs no exception any more.");
        else
            Assert.Null(results.ProblemOf(id));
    }

    [Theory]
    [InlineData("required")]
    [InlineData("optimal")]
    [InlineData("check")]
    public void Numbers_OfThePage_AreThoseOfTheRun(string kind)
    {
        (int passed, int all) = results.CountOf(kind);
        Assert.Contains($"| {kind} | {passed} of {all} |", new ReferencePage("caching.md").Read(), StringComparison.Ordinal);
    }
}
