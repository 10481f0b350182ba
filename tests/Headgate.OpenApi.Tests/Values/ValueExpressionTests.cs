using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class ValueExpressionTests
{
    [Theory]
    [InlineData("$request.body", "")]
    [InlineData("$request.body#", "")]
    [InlineData("$request.body#/items/0", "/items/0")]
    public void Parse_RequestBody_KeepsPointer(string text, string pointer) =>
        Assert.Equal(pointer, Assert.IsType<RequestBodyExpression>(Parse($"'{text}'")).Pointer.Text);

    [Theory]
    [InlineData("$request.path.orderId", RequestField.Path, "orderId")]
    [InlineData("$request.query.page", RequestField.Query, "page")]
    [InlineData("$request.header.X-Request-ID", RequestField.Header, "X-Request-ID")]
    [InlineData("$request.query.filter.name", RequestField.Query, "filter.name")]
    public void Parse_RequestField_KeepsPlaceAndName(string text, RequestField field, string name)
    {
        var expression = Assert.IsType<RequestFieldExpression>(Parse(text));
        Assert.Equal((field, name), (expression.Field, expression.Name));
    }

    [Fact]
    public void Parse_Claim_KeepsName() => Assert.Equal("https://idp.example/tenant", Assert.IsType<ClaimExpression>(Parse("$claims.https://idp.example/tenant")).Name);

    [Fact]
    public void Parse_Tenant_IsRead() => Assert.IsType<TenantExpression>(Parse("$tenant"));

    [Theory]
    [InlineData("$steps.create-order.response.body", "")]
    [InlineData("$steps.create-order.response.body#/id", "/id")]
    public void Parse_StepAnswer_KeepsStepAndPointer(string text, string pointer)
    {
        var expression = Assert.IsType<StepAnswerExpression>(Parse($"'{text}'"));
        Assert.Equal(("create-order", pointer), (expression.Step, expression.Pointer.Text));
    }

    [Theory]
    [InlineData("$parts.user", "user", "")]
    [InlineData("$parts.user#/id", "user", "/id")]
    [InlineData("$parts.recent.orders#/0", "recent.orders", "/0")]
    public void Parse_Part_KeepsPartAndPointer(string text, string part, string pointer)
    {
        var expression = Assert.IsType<PartExpression>(Parse($"'{text}'"));
        Assert.Equal((part, pointer), (expression.Part, expression.Pointer.Text));
    }

    [Theory]
    [InlineData("plain", ScalarKind.String, "plain")]
    [InlineData("12.50", ScalarKind.Number, "12.50")]
    [InlineData("true", ScalarKind.Boolean, "true")]
    [InlineData("null", ScalarKind.Null, "null")]
    [InlineData("$$5.00", ScalarKind.String, "$5.00")]
    [InlineData("'{name}'", ScalarKind.String, "{name}")]
    [InlineData("costs $5", ScalarKind.String, "costs $5")]
    public void Parse_AnythingElse_IsALiteral(string text, ScalarKind kind, string value)
    {
        var literal = Assert.IsType<LiteralExpression>(Parse(text));
        Assert.Equal((kind, value), (literal.Kind, literal.Text));
    }

    [Fact]
    public void Parse_TextWithExpressions_KeepsPartsInOrder()
    {
        var text = Assert.IsType<InterpolatedExpression>(Parse("'Order {$steps.create.response.body#/id} of {$tenant}'"));

        Assert.Collection(
            text.Parts,
            part => Assert.Equal("Order ", Assert.IsType<LiteralExpression>(part).Text),
            part => Assert.Equal("create", Assert.IsType<StepAnswerExpression>(part).Step),
            part => Assert.Equal(" of ", Assert.IsType<LiteralExpression>(part).Text),
            part => Assert.IsType<TenantExpression>(part));
    }

    [Fact]
    public void Parse_ObjectsAndArrays_AreReadThroughout()
    {
        var value = Assert.IsType<ObjectExpression>(Parse("{ ids: [$request.path.id, 7], fixed: { a: b } }"));

        Assert.Equal(["ids", "fixed"], value.Members.Select(member => member.Key));
        var ids = Assert.IsType<ArrayExpression>(value.Members[0].Value);
        Assert.IsType<RequestFieldExpression>(ids.Items[0]);
        Assert.IsType<LiteralExpression>(ids.Items[1]);
    }

    [Theory]
    [InlineData("$", "character 1")]
    [InlineData("$nowhere", "'$nowhere' is not a root of expressions (character 1)")]
    [InlineData("$nowhere.x", "'$nowhere' is not a root of expressions (character 1)")]
    [InlineData("$request", "a request has body, path, query and header, not '' (character 9)")]
    [InlineData("$request.cookie.x", "not 'cookie' (character 10)")]
    [InlineData("$request.query", "the name after 'query.' is missing (character 15)")]
    [InlineData("$request.query.", "the name after 'query.' is missing")]
    [InlineData("$request.body#x", "not a JSON Pointer")]
    [InlineData("$request.body#/a~2", "not a JSON Pointer")]
    [InlineData("$request.body/x", "not 'body/x'")]
    [InlineData("$claims", "the claim's name is missing (character 8)")]
    [InlineData("$claims.", "the claim's name is missing")]
    [InlineData("$tenant.name", "'$tenant' is not a root of expressions (character 1)")]
    [InlineData("$steps", "the step's name is missing")]
    [InlineData("$steps.a", "'.response.body' is missing after the step's name (character 9)")]
    [InlineData("$steps.a.request.body", "only '.response.body' of a step can be used (character 9)")]
    [InlineData("$steps.a.response.body/x", "a JSON Pointer after '#' or the end was expected (character 23)")]
    [InlineData("$parts.#/x", "the part's field is missing")]
    [InlineData("a {$request.path.", "The brace at character 3 of 'a {$request.path.' is not closed")]
    [InlineData("a {$nowhere.x} b", "(character 4)")]
    public void Parse_MalformedExpression_IsReportedWithItsPlace(string text, string words)
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(ValueExpression.Parse(Yaml.Parse($"'{text}'"), diagnostics));

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal(ExtensionDiagnostics.BadExpression, finding.Descriptor);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Fix);
    }

    [Fact]
    public void Parse_SeveralMalformedExpressions_AreAllReported()
    {
        var diagnostics = new DiagnosticBag();

        Assert.Null(ValueExpression.Parse(Yaml.Parse("{ a: $x, b: [$y], c: '{$z}{$w}' }"), diagnostics));

        Assert.Equal(4, diagnostics.Items.Count);
    }

    private static ValueExpression Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        ValueExpression? expression = ValueExpression.Parse(Yaml.Parse(yaml), diagnostics);
        Assert.Empty(diagnostics.Items);
        return Assert.IsType<ValueExpression>(expression, exactMatch: false);
    }
}
