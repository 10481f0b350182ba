using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

/// <summary>Whatever text stands there, reading gives a value or says why not.</summary>
public class ParserFuzzTests
{
    private static readonly string[] s_pieces =
        ["$", "$$", "{", "}", "{$", "/", "?", "#", "~", "~0", ".", "request", "body", "path", "query", "steps", "parts", "response", "claims", "tenant", "$request.body#/", "a", "1", " ", "%2e", "é", "\0", "&", "="];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Expression_AnyText_IsReadOrExplained(int seed) =>
        Try(seed, (node, diagnostics) => ValueExpression.Parse(node, diagnostics));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Target_AnyText_IsReadOrExplained(int seed) =>
        Try(seed, (node, diagnostics) => TargetTemplate.Parse(node, diagnostics));

    [Fact]
    public void Target_ThatIsRead_ConsistsOfItsParts()
    {
        var random = new Random(3);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = "/" + Text(random);
            if (TargetTemplate.Parse(Node(text), new DiagnosticBag()) is not { } target)
                continue;
            read++;
            string path = string.Concat(target.Path.Select(Print));
            Assert.Equal(text, target.Query is null ? path : $"{path}?{string.Concat(target.Query.Select(Print))}");
        }

        Assert.True(read > 500, $"Only {read} targets were read.");

        static string Print(TargetPart part) => part.Literal ?? (part.Placeholder is null ? "{" + Source(part.Expression!) + "}" : "{" + part.Placeholder + "}");
    }

    private static string Source(ValueExpression expression) => expression switch
    {
        TenantExpression => "$tenant",
        ClaimExpression claim => $"$claims.{claim.Name}",
        RequestFieldExpression field => $"$request.{(field.Field == RequestField.Path ? "path" : "query")}.{field.Name}",
        PartExpression part => $"$parts.{part.Part}{Pointer(part.Pointer)}",
        RequestBodyExpression body => $"$request.body{(body.Pointer.Text.Length == 0 ? "" : "#")}{body.Pointer.Text}",
        _ => throw new InvalidOperationException($"{expression.GetType()} was not expected."),
    };

    private static string Pointer(JsonPointer pointer) => pointer.Text.Length == 0 ? "" : "#" + pointer.Text;

    private static void Try(int seed, Func<ScalarNode, DiagnosticBag, object?> parse)
    {
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            var diagnostics = new DiagnosticBag();
            string text = Text(random);
            Assert.Equal(parse(Node(text), diagnostics) is null, diagnostics.HasErrors);
        }
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));

    private static ScalarNode Node(string text) => new(new SourceFile("f", "/f"), 1, 1, ScalarKind.String, text);
}
