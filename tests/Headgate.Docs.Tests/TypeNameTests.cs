using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>The story of a request is told with the names that the code has.</summary>
public partial class TypeNameTests
{
    private const string Page = "docs/guides/life-of-a-request.md";

    // `Via` and `Allow` look like types.
    private static readonly HashSet<string> s_headerFields =
        [.. typeof(Microsoft.Net.Http.Headers.HeaderNames).GetFields().Select(field => (string)field.GetValue(null)!)];

    public static TheoryData<string> Names() => [.. TypeNamesOf(Page).Distinct(StringComparer.Ordinal)];

    public static TheoryData<string> RecordNames() =>
        [.. Directory.EnumerateFiles(Repository.PathOf("docs/adr"), "0*.md").SelectMany(file => TypeNamesOf(Repository.Relative(file))).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void LifeOfARequest_Names_ATypeOrMemberThatExists(string name) => AssertExists(name);

    [Theory]
    [MemberData(nameof(RecordNames))]
    public void DecisionRecord_Names_ATypeOrMemberThatExists(string name) => AssertExists(name);

    [Theory]
    [InlineData("GatewayApplication")]
    [InlineData("RequestRunner")]
    [InlineData("RequestIdentification")]
    [InlineData("RequestRouting")]
    [InlineData("RouteTable")]
    [InlineData("PipelineStage")]
    [InlineData("ForwardHandler")]
    [InlineData("SocketTransport")]
    [InlineData("ErrorWriter")]
    public void LifeOfARequest_Tells_OfType(string name) => Assert.Contains(MarkdownPage.Read(Page).Code, code => code.Code == name);

    private static IEnumerable<string> TypeNamesOf(string page) =>
        MarkdownPage.Read(page).Code.Select(code => code.Code).Where(code => TypeName().IsMatch(code) && !s_headerFields.Contains(code));

    private static void AssertExists(string name)
    {
        string[] parts = Arguments().Replace(name, "").Split('.');
        Assert.True(ProductTypes.IsKnown(parts[0]), $"There is no type {parts[0]}.");
        if (parts.Length > 1)
            Assert.True(ProductTypes.HasMember(parts[0], parts[1]), $"{parts[0]} has no {parts[1]}.");
    }

    // SCREAMING words are codes and ALL-CAPS methods, not types.
    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(<[A-Za-z]+>)?(\.[A-Z][A-Za-z0-9]*)?$")]
    private static partial Regex TypeName();

    [GeneratedRegex("<.*?>")]
    private static partial Regex Arguments();
}
