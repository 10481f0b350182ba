using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class TargetTemplateTests
{
    [Fact]
    public void Parse_PathAndQuery_AreKeptApart()
    {
        TargetTemplate target = Parse("/orders?userId={userId}&limit=5");

        Assert.Equal("/orders", Assert.Single(target.Path).Literal);
        Assert.Equal(["userId=", null, "&limit=5"], target.Query!.Select(part => part.Literal));
        Assert.Equal("userId", target.Query![1].Placeholder);
    }

    [Fact]
    public void Parse_Placeholders_StandBetweenLiterals()
    {
        TargetTemplate target = Parse("/orders/{orderId}/lines/{line}.json");

        Assert.Equal("/orders/|{orderId}|/lines/|{line}|.json", string.Join('|', target.Path.Select(part => part.Literal ?? $"{{{part.Placeholder}}}")));
        Assert.Null(target.Query);
    }

    [Fact]
    public void Parse_Expression_IsRead()
    {
        TargetTemplate target = Parse("/stock/{$steps.create-order.response.body#/items/0/id}");

        Assert.Equal("/items/0/id", Assert.IsType<StepAnswerExpression>(target.Path[1].Expression).Pointer.Text);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?")]
    [InlineData("/a%2Fb")]
    [InlineData("/a?b=c?d")]
    [InlineData("/.well-known/x")]
    public void Parse_PlainTargets_AreTaken(string text) => Assert.Equal(text, Parse(text).Text);

    [Theory]
    [InlineData("", "begin with one '/' (character 1)")]
    [InlineData("orders", "begin with one '/'")]
    [InlineData("//host/x", "begin with one '/'")]
    [InlineData("http://host/x", "begin with one '/'")]
    [InlineData("/a/{b", "the brace is not closed (character 4)")]
    [InlineData("/a/b}", "a '}' has no '{' (character 5)")]
    [InlineData("/a/{}", "'' is not a placeholder's name (character 4)")]
    [InlineData("/a/{b c}", "'b c' is not a placeholder's name")]
    [InlineData("/a b", "' ' cannot stand in a request target (character 3)")]
    [InlineData("/a#b", "'#' cannot stand")]
    [InlineData("/ä", "'ä' cannot stand")]
    [InlineData("/a\\b", "cannot stand")]
    [InlineData("/a/../b", "'..' is a dot segment (character 4)")]
    [InlineData("/a/%2E%2e", "'%2E%2e' is a dot segment")]
    [InlineData("/./b", "'.' is a dot segment")]
    public void Parse_MalformedTarget_IsReportedWithItsPlace(string text, string words)
    {
        Diagnostic finding = Assert.Single(Refuse(text).Items);

        Assert.Equal(ExtensionDiagnostics.BadTarget, finding.Descriptor);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Fix);
    }

    [Fact]
    public void Parse_MalformedExpression_IsReportedAsSuch() =>
        Assert.Equal(ExtensionDiagnostics.BadExpression, Assert.Single(Refuse("/a/{$nowhere}").Items).Descriptor);

    [Fact]
    public void Parse_SeveralMistakes_AreAllReported() => Assert.Equal(3, Refuse("/a b/{}/c}").Items.Count);

    private static DiagnosticBag Refuse(string text)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(TargetTemplate.Parse(Scalar(text), diagnostics));
        return diagnostics;
    }

    private static TargetTemplate Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        TargetTemplate? target = TargetTemplate.Parse(Scalar(text), diagnostics);
        Assert.Empty(diagnostics.Items);
        return Assert.IsType<TargetTemplate>(target);
    }

    private static ScalarNode Scalar(string text) => Assert.IsType<ScalarNode>(Yaml.Parse($"'{text}'"));
}
