using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Values;

public class ExpressionScopeTests
{
    private static readonly ExpressionScope s_public = new()
    {
        PathParameters = ["orderId"],
        QueryParameters = ["page"],
        Headers = ["X-Trace"],
        HasRequestBody = false,
        HasCaller = false,
        HasTenant = false,
    };

    private static readonly ExpressionScope s_full = s_public with
    {
        HasRequestBody = true,
        HasCaller = true,
        HasTenant = true,
        Steps = ["create-order"],
        AllSteps = ["create-order", "pay"],
        Parts = ["user"],
        AllParts = ["user", "orders"],
    };

    [Theory]
    [InlineData("$request.body#/x")]
    [InlineData("$request.path.orderId")]
    [InlineData("$request.query.page")]
    [InlineData("$request.header.x-trace")]
    [InlineData("$request.header.Accept-Language")]
    [InlineData("$claims.anything")]
    [InlineData("$tenant")]
    [InlineData("$steps.create-order.response.body#/id")]
    [InlineData("$parts.user#/id")]
    [InlineData("{ a: [$tenant, 'x{$request.path.orderId}'] }")]
    public void Check_WhatThePlaceSees_Passes(string yaml) => Assert.Empty(Check(s_full, yaml).Items);

    [Theory]
    [InlineData("$request.body", "The operation has no request body.")]
    [InlineData("$request.path.orderid", "The path has no parameter 'orderid'.")]
    [InlineData("$claims.sub", "There is no claim 'sub': the operation is public.")]
    [InlineData("$tenant", "There is no tenant")]
    [InlineData("$steps.any.response.body", "There is no step 'any' here.")]
    [InlineData("$parts.any", "There is no part 'any' here.")]
    [InlineData("{ a: [{ b: 'x {$tenant}' }] }", "There is no tenant")]
    public void Check_WhatNothingCanFill_IsAnError(string yaml, string words)
    {
        Diagnostic finding = Assert.Single(Check(s_public, yaml).Items);

        Assert.Equal(ExtensionDiagnostics.NeverResolves, finding.Descriptor);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$steps.pay.response.body", "has not answered yet", "Use a step that comes before.")]
    [InlineData("$steps.creat-order.response.body", "There is no step", "Did you mean 'create-order'?")]
    [InlineData("$parts.orders", "is not waited for", "Add dependsOn: [orders].")]
    [InlineData("$parts.order", "There is no part", "Did you mean 'orders'?")]
    public void Check_AnswerThatIsNotThere_SaysHowToMendIt(string yaml, string words, string fix)
    {
        Diagnostic finding = Assert.Single(Check(s_full, yaml).Items);

        Assert.Equal(ExtensionDiagnostics.NeverResolves, finding.Descriptor);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.Equal(fix, finding.Fix);
    }

    [Theory]
    [InlineData("$request.query.pgae", "Did you mean 'page'?")]
    [InlineData("$request.query.other", "Declare it.")]
    [InlineData("$request.header.X-Trac", "Did you mean 'X-Trace'?")]
    public void Check_UndeclaredParameter_Warns(string yaml, string fix)
    {
        DiagnosticBag diagnostics = Check(s_full, yaml);

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal(ExtensionDiagnostics.UndeclaredParameter, finding.Descriptor);
        Assert.Equal(fix, finding.Fix);
        Assert.False(diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("/orders/{orderId}?page={page}")]
    [InlineData("/users/{userId}")]
    [InlineData("/companies/{company}")]
    [InlineData("/payments/{paymentId}/refund")]
    public void CheckTarget_PlaceholderThatCanBeFilled_Passes(string text) => Assert.Empty(CheckTarget(s_full, text).Items);

    [Fact]
    public void CheckTarget_PlaceholderOfAPublicOperation_IsAnError()
    {
        Diagnostic finding = Assert.Single(CheckTarget(s_public, "/orders/{orderld}").Items);

        Assert.Equal(ExtensionDiagnostics.NeverResolves, finding.Descriptor);
        Assert.Equal("Did you mean '{orderId}'?", finding.Fix);
    }

    [Fact]
    public void CheckTarget_OnlyIdsComeFromSteps()
    {
        ExpressionScope scope = s_public with { Steps = ["create-order"], AllSteps = ["create-order"] };

        Assert.Empty(CheckTarget(scope, "/x/{paymentId}").Items);
        Assert.Equal(ExtensionDiagnostics.NeverResolves, Assert.Single(CheckTarget(scope, "/x/{company}").Items).Descriptor);
    }

    [Fact]
    public void CheckTarget_ClaimThatIsNearlyAParameter_Warns()
    {
        ExpressionScope scope = s_public with { HasCaller = true };

        Diagnostic finding = Assert.Single(CheckTarget(scope, "/orders/{orderld}").Items);

        Assert.Equal(ExtensionDiagnostics.OnlyFromClaim, finding.Descriptor);
    }

    [Fact]
    public void CheckTarget_ExpressionInside_IsChecked() =>
        Assert.Equal(ExtensionDiagnostics.NeverResolves, Assert.Single(CheckTarget(s_public, "/x/{$tenant}").Items).Descriptor);

    private static DiagnosticBag Check(ExpressionScope scope, string yaml)
    {
        var diagnostics = new DiagnosticBag();
        ValueExpression? value = ValueExpression.Parse(Yaml.Parse(yaml), diagnostics);
        Assert.Empty(diagnostics.Items);
        scope.Check(value!, diagnostics);
        return diagnostics;
    }

    private static DiagnosticBag CheckTarget(ExpressionScope scope, string text)
    {
        var diagnostics = new DiagnosticBag();
        TargetTemplate? target = TargetTemplate.Parse((ScalarNode)Yaml.Parse($"'{text}'"), diagnostics);
        Assert.Empty(diagnostics.Items);
        scope.Check(target!, diagnostics);
        return diagnostics;
    }
}
