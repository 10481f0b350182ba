using System.Diagnostics;
using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Reading;

public class LimitTests
{
    // Far above what a refusal takes, far below what a hang does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("api.json", '[')]
    [InlineData("api.yaml", '[')]
    [InlineData("api.json", '{')]
    [InlineData("api.yaml", '-')]
    public void Load_HundredThousandDeep_GivesADiagnosticQuickly(string name, char opening)
    {
        string text = opening switch
        {
            '[' => new string('[', 100_000),
            '{' => string.Concat(Enumerable.Repeat("{\"a\":", 100_000)),
            _ => string.Concat(Enumerable.Repeat("- ", 100_000)),
        };

        AssertQuickly(["HG1021"], () => Loading.LoadText(text, name));
    }

    [Fact]
    public void Load_BillionLaughs_GivesADiagnosticQuickly()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        AssertQuickly(["HG1023"], () => Loading.LoadText(text.ToString()));
    }

    [Fact]
    public void Load_AliasesThatDeepen_GiveADiagnosticQuickly()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 2000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");

        AssertQuickly(["HG1021"], () => Loading.LoadText(text.ToString()));
    }

    [Theory]
    [InlineData("api.json")]
    [InlineData("api.yaml")]
    public void Load_HugeScalar_GivesADiagnosticQuickly(string name) =>
        AssertQuickly(["HG1024"], () => Loading.LoadText($"{{\"a\": \"{new string('x', 20_000_000)}\"}}", name));

    [Fact]
    public void Load_HugeNumber_GivesADiagnosticQuickly() =>
        AssertQuickly(["HG1030"], () => Loading.LoadText($"a: {new string('7', 1_000_000)}"));

    [Theory]
    [InlineData("api.json")]
    [InlineData("api.yaml")]
    public void Load_FileOverTheSizeLimit_GivesADiagnostic(string name) =>
        Assert.Equal(["HG1020"], Loading.LoadText("{\"a\": \"xxxxxxxxxxxx\"}", name, With(new LoadLimits { MaxFileBytes = 16 })).Codes());

    [Fact]
    public void Load_MoreValuesThanAllowed_GivesADiagnostic() =>
        Assert.Equal(["HG1022"], Loading.LoadText("[1,2,3,4,5,6,7,8,9,10]", options: With(new LoadLimits { MaxNodes = 10 })).Codes());

    [Fact]
    public void Load_NestingAtTheLimit_IsAllowed()
    {
        Assert.Equal(["HG1030"], Loading.LoadText("[[[[1]]]]", options: With(new LoadLimits { MaxDepth = 4 })).Codes());
        Assert.Equal(["HG1021"], Loading.LoadText("[[[[1]]]]", options: With(new LoadLimits { MaxDepth = 3 })).Codes());
    }

    [Fact]
    public void Load_MoreMistakesThanAreKept_SaysHowMany()
    {
        string text = "paths: {}\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"unknown{i}: 1\n"));

        LoadResult result = Loading.LoadRest(text, options: With(new LoadLimits { MaxDiagnostics = 10 }));

        Assert.Null(result.Document);
        Assert.Equal(11, result.Diagnostics.Items.Count);
        Assert.Contains("40 more", result.Single(OpenApiDiagnostics.TooManyFindings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ErrorBehindMoreWarningsThanAreKept_IsKept()
    {
        // Misspelt schema keywords are warnings; what is no field of the document is an error.
        string warnings = string.Concat(Enumerable.Range(0, 30).Select(i => $"    S{i}: {{ requierd: [] }}\n"));

        LoadResult result = Loading.LoadRest($"paths: {{}}\ncomponents:\n  schemas:\n{warnings}unknown: 1\n", options: With(new LoadLimits { MaxDiagnostics = 10 }));

        Assert.Null(result.Document);
        Assert.Equal(9, result.Diagnostics.Items.Count(item => item.Descriptor == OpenApiDiagnostics.UnknownKeyword));
        Assert.Contains("21 more", result.Single(OpenApiDiagnostics.TooManyFindings).Message, StringComparison.Ordinal);
        Assert.Contains("'unknown'", result.Single(OpenApiDiagnostics.UnknownField).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ErrorToAClosedBagFullOfWarnings_TakesThePlaceOfOne()
    {
        string warnings = string.Concat(Enumerable.Range(0, 30).Select(i => $"    S{i}: {{ requierd: [] }}\n"));
        LoadResult result = Loading.LoadRest($"paths: {{}}\ncomponents:\n  schemas:\n{warnings}", options: With(new LoadLimits { MaxDiagnostics = 10 }));

        result.Diagnostics.Add(OpenApiDiagnostics.UnknownField, result.Document().Root, "found later");

        Assert.Equal("found later", result.Single(OpenApiDiagnostics.UnknownField).Message);
        Assert.Equal(11, result.Diagnostics.Items.Count);
        result.Single(OpenApiDiagnostics.TooManyFindings);
    }

    [Fact]
    public void Load_LongChainOfSchemas_NeedsNoStack()
    {
        var text = new StringBuilder("paths: {}\ncomponents:\n  schemas:\n");
        for (int i = 0; i < 20_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    S{i}: {{ properties: {{ next: {{ $ref: '#/components/schemas/S{i + 1}' }} }} }}\n");
        text.Append("    S20000: {}\n");

        LoadResult result = Loading.LoadRest(text.ToString());

        Assert.Empty(result.Codes());
    }

    [Fact]
    public void Load_ChainOfReferencesOverTheLimit_GivesADiagnostic()
    {
        string chain = string.Concat(Enumerable.Range(0, 40).Select(i => $"    R{i}: {{ $ref: '#/components/responses/R{i + 1}' }}\n"));

        LoadResult result = Loading.LoadRest($"components:\n  responses:\n{chain}    R40: {{ description: end }}\n");

        Assert.All(result.Codes(), code => Assert.Equal("HG1025", code));
        Assert.NotEmpty(result.Codes());
    }

    // Documents whose cost would grow with the square of their size, were each mistake or member handled alone. '@' stands for
    // the number of the thing.
    [Theory]
    [InlineData("unknown fields", "'paths':{},", "'unknwon@':1", "")]
    [InlineData("unknown keywords", "'components':{'schemas':{'S':{", "'requierd@':1", "}}}")]
    [InlineData("bad references", "'components':{'schemas':{", "'Schema@':{'$ref':'#/components/schemas/Schma@'}", "}}")]
    [InlineData("files outside", "'components':{'schemas':{", "'Schema@':{'$ref':'../../x.json#/@'}", "}}")]
    [InlineData("parameters", "'paths':{'/a':{'get':{'parameters':[", "{'name':'p@','in':'query','schema':{}}", "]}}}")]
    [InlineData("undefined schemes", "'paths':{},'security':[", "{'s@':[]}", "]")]
    [InlineData("ambiguous paths", "'paths':{", "'/a/{p@}':{}", "}")]
    [InlineData("server values", "'paths':{},'servers':[{'url':'/{v}/{v}/{v}/{v}','variables':{'v':{'default':'0','enum':[", "'@'", "]}}}]")]
    [InlineData("servers", "'paths':{},'servers':[", "{'url':'/v@'}", "]")]
    [InlineData("inherited parameters", "'paths':{'/a':{'additionalOperations':{'M1':{},'M2':{},'M3':{},'M4':{},'M5':{},'M6':{},'M7':{},'M8':{},'M9':{},'MA':{},'MB':{},'MC':{},'MD':{},'ME':{},'MF':{},'MG':{},'MH':{},'MI':{},'MJ':{},'MK':{}},'parameters':[", "{'name':'p@','in':'query','schema':{}}", "]}}")]
    public void Load_HundredThousandOfOneThing_IsDoneSoon(string what, string before, string thing, string after)
    {
        string many = string.Join(',', Enumerable.Range(0, 100_000).Select(i => thing.Replace("@", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        string text = $"{{'openapi':'3.2.0','info':{{'title':'T','version':'1'}},{before}{many}{after}}}".Replace('\'', '"');
        var watch = Stopwatch.StartNew();

        LoadResult result = Loading.LoadText(text, "api.json");

        Assert.True(watch.Elapsed < Patience, $"{what}: {watch.Elapsed}");
        Assert.True(result.Diagnostics.Items.Count <= DiagnosticBag.Capacity + 1);
        Assert.DoesNotContain("HG1005", result.Codes());
    }

    [Fact]
    public void Load_ServerUrlOfManyVariables_GivesADiagnostic()
    {
        string url = string.Concat(Enumerable.Repeat("/{v}", 100_000));

        Assert.Equal(["HG1408"], Loading.LoadRest($"paths: {{}}\nservers: [{{ url: '{url}', variables: {{ v: {{ default: x }} }} }}]").Codes());
    }

    private static LoadOptions With(LoadLimits limits) => new() { Limits = limits };

    private static void AssertQuickly(string[] expected, Func<LoadResult> load)
    {
        var watch = Stopwatch.StartNew();

        Assert.Equal(expected, load().Codes());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
    }
}
