using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.OpenApi.Tests.Extensions;

public class ExtensionBinderTests
{
    private static readonly ExtensionBinder s_binder = new(new ExtensionRegistry().Add(SampleExtension.Definition));

    [Fact]
    public void Bind_EveryKindOfSetting_GivesTypedRecord()
    {
        SampleExtension sample = BindGood("""
            name: alpha
            flag: true
            how_many: 7
            total: 5000000000
            part: 0.25
            wait: 500ms
            size: 64KiB
            choice: first-of-all
            numbers: [1, 2]
            lengths: { short: 1, long: 1h }
            value: $request.body#/x
            target: /orders?userId={userId}
            pointer: /content
            secret: ${secret:TOKEN}
            day: "2030-12-31"
            anything: { free: [form] }
            parts: [10s, label, { length: 1m, inner: [2s], other: 4 }]
            """);

        Assert.Equal("alpha", sample.Name);
        Assert.True(sample.Flag);
        Assert.Equal(7, sample.Count);
        Assert.Equal(5_000_000_000, sample.Total);
        Assert.Equal(0.25, sample.Part);
        Assert.Equal(TimeSpan.FromMilliseconds(500), sample.Wait.Value);
        Assert.Equal(64 * 1024, sample.Size.Bytes);
        Assert.Equal(SampleChoice.FirstOfAll, sample.Choice);
        Assert.Equal([1, 2], sample.Numbers);
        Assert.Equal(TimeSpan.FromHours(1), sample.Lengths["long"].Value);
        Assert.Equal(["x"], Assert.IsType<RequestBodyExpression>(sample.Value).Pointer.Tokens);
        Assert.Equal("/orders?userId={userId}", sample.Target?.Text);
        Assert.Equal(["content"], sample.Pointer?.Tokens);
        Assert.Equal("TOKEN", sample.Secret?.Name);
        Assert.Equal(new DateTimeOffset(2030, 12, 31, 0, 0, 0, TimeSpan.Zero), sample.Day);
        Assert.IsType<ObjectNode>(sample.Anything);
        Assert.Equal(TimeSpan.FromSeconds(10), sample.Parts[0].Length?.Value);
        Assert.Equal("label", sample.Parts[1].Label);
        Assert.Equal(TimeSpan.FromSeconds(2), sample.Parts[2].Inner[0].Length?.Value);
        Assert.Equal(4, sample.Parts[2].Others["other"]);
        Assert.NotNull(sample.Node);
    }

    [Fact]
    public void Bind_OnlyRequiredSettings_KeepsDefaults()
    {
        SampleExtension sample = BindGood("name: alpha");

        Assert.Equal(3, sample.Count);
        Assert.Equal("30s", sample.Wait.ToString());
        Assert.Null(sample.Value);
        Assert.Empty(sample.Parts);
    }

    [Theory]
    [InlineData("choice: firstOfAll", SampleChoice.FirstOfAll)]
    [InlineData("choice: first-of-all", SampleChoice.FirstOfAll)]
    [InlineData("choice: RS256", SampleChoice.Rs256)]
    public void Bind_EnumName_IsReadInBothCases(string text, SampleChoice expected) =>
        Assert.Equal(expected, BindGood($"name: alpha\n{text}").Choice);

    [Fact]
    public void Bind_SingleItemForList_IsReadAsList() => Assert.Equal([4], BindGood("name: alpha\nnumbers: 4").Numbers);

    [Fact]
    public void Bind_NullForNullableSetting_MeansNotGiven() => Assert.Null(BindGood("name: alpha\ntarget: null").Target);

    [Theory]
    [InlineData("count: true", "HG2005", "/x-gateway-sample/count", "'count' must be a whole number from 1 to 10, not the boolean true.")]
    [InlineData("count: 1.5", "HG2005", "/x-gateway-sample/count", "not the number 1.5")]
    [InlineData("count: 11", "HG2007", "/x-gateway-sample/count", "from 1 to 10, not 11")]
    [InlineData("count: null", "HG2005", "/x-gateway-sample/count", "not null")]
    [InlineData("total: 99999999999999999999", "HG2005", "/x-gateway-sample/total", "99999999999999999999")]
    [InlineData("part: 1.01", "HG2007", "/x-gateway-sample/part", "from 0 to 1")]
    [InlineData("wait: soon", "HG2008", "/x-gateway-sample/wait", "'soon'")]
    [InlineData("wait: -1", "HG2008", "/x-gateway-sample/wait", "'-1'")]
    [InlineData("wait: 2h", "HG2007", "/x-gateway-sample/wait", "from 1ms to 1h")]
    [InlineData("wait: [1]", "HG2005", "/x-gateway-sample/wait", "an array")]
    [InlineData("size: 1 MiB", "HG2009", "/x-gateway-sample/size", "'1 MiB'")]
    [InlineData("size: 2MiB", "HG2007", "/x-gateway-sample/size", "at most 1MiB")]
    [InlineData("choice: secnod", "HG2010", "/x-gateway-sample/choice", "'secnod'")]
    [InlineData("numbers: [1, 2, 3, 4]", "HG2007", "/x-gateway-sample/numbers", "4 items")]
    [InlineData("numbers: [1, 10]", "HG2007", "/x-gateway-sample/numbers/1", "Item 1")]
    [InlineData("lengths: { 1x: 1 }", "HG2012", "/x-gateway-sample/lengths/1x", "'1x'")]
    [InlineData("value: $nowhere.x", "HG2030", "/x-gateway-sample/value", "$nowhere")]
    [InlineData("target: orders", "HG2031", "/x-gateway-sample/target", "orders")]
    [InlineData("pointer: content", "HG2012", "/x-gateway-sample/pointer", "content")]
    [InlineData("secret: hunter2", "HG2012", "/x-gateway-sample/secret", "never contains a secret")]
    [InlineData("day: 31.12.2030", "HG2012", "/x-gateway-sample/day", "31.12.2030")]
    [InlineData("colour: red", "HG2004", "/x-gateway-sample/colour", "'colour'")]
    [InlineData("count: 1\nhow_many: 2", "HG2011", "/x-gateway-sample/how_many", "'how_many' is 'count'")]
    [InlineData("inner: { label: [] }", "HG2005", "/x-gateway-sample/inner/label", "an array")]
    [InlineData("inner: [1]", "HG2005", "/x-gateway-sample/inner", "an object or")]
    public void Bind_WrongSetting_IsReportedAtItsPlace(string text, string code, string pointer, string words)
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = s_binder.Bind(Yaml.Object("x-gateway-sample:\n  name: alpha\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal)), ExtensionLocations.Operation, diagnostics);

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal(code, finding.Code);
        Assert.Equal(pointer, finding.Pointer);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        Assert.True(finding.Location.Line >= 3);
        Assert.Null(set.Get<SampleExtension>());
    }

    [Fact]
    public void Bind_SecretWrittenOut_IsNotRepeated()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(Yaml.Object("x-gateway-sample: { name: a, secret: hunter2 }"), ExtensionLocations.Operation, diagnostics);

        Assert.DoesNotContain("hunter2", Assert.Single(diagnostics.Items).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_SeveralMistakes_AreAllReported()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(
            Yaml.Object("x-gateway-sample: { count: 99, wiat: 3, parts: [{ length: never }, { inner: [true] }] }\nx-gateway-other: 1"),
            ExtensionLocations.Operation,
            diagnostics);

        Assert.Equal(["HG2001", "HG2004", "HG2005", "HG2006", "HG2007", "HG2008"], diagnostics.Items.Select(one => one.Code).Order());
    }

    [Fact]
    public void Bind_MisspeltSetting_SuggestsTheNearest()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(Yaml.Object("x-gateway-sample: { name: a, wiat: 3 }"), ExtensionLocations.Operation, diagnostics);

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal("Did you mean 'wait'?", finding.Fix);
        Assert.Equal(new SourceLocation("test.yaml", 1, 30), finding.Location);
    }

    [Fact]
    public void Bind_FreeNameNearASetting_Warns()
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = s_binder.Bind(Yaml.Object("x-gateway-sample: { name: a, inner: { lenght: 3 } }"), ExtensionLocations.Operation, diagnostics);

        Assert.Equal(ExtensionDiagnostics.NearlySetting, Assert.Single(diagnostics.Items).Descriptor);
        Assert.Equal(3, set.Get<SampleExtension>()?.Inner?.Others["lenght"]);
    }

    [Fact]
    public void Bind_UnknownGatewayKey_IsAnErrorWithSuggestion()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(Yaml.Object("x-gateway-smaple: {}"), ExtensionLocations.Operation, diagnostics);

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal(ExtensionDiagnostics.UnknownExtension, finding.Descriptor);
        Assert.Equal("Did you mean 'x-gateway-sample'?", finding.Fix);
    }

    [Fact]
    public void Bind_MisspeltPrefix_Warns()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(Yaml.Object("x-gatway-sample: {}"), ExtensionLocations.Operation, diagnostics);

        Assert.Equal(ExtensionDiagnostics.MisspeltExtension, Assert.Single(diagnostics.Items).Descriptor);
        Assert.False(diagnostics.HasErrors);
    }

    [Fact]
    public void Bind_OtherPeoplesExtension_IsIgnored()
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = s_binder.Bind(Yaml.Object("x-internal: { anything: goes }\nx-google-backend: {}"), ExtensionLocations.Operation, diagnostics);

        Assert.Empty(diagnostics.Items);
        Assert.Same(ExtensionSet.Empty, set);
    }

    [Fact]
    public void Bind_WrongPlace_IsAnErrorThatSaysWhere()
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = s_binder.Bind(Yaml.Object("x-gateway-sample: { name: a }"), ExtensionLocations.Document, diagnostics);

        Diagnostic finding = Assert.Single(diagnostics.Items);
        Assert.Equal(ExtensionDiagnostics.WrongPlace, finding.Descriptor);
        Assert.Equal("It belongs in a path item or in an operation.", finding.Fix);
        Assert.Empty(set.All);
    }

    [Fact]
    public void Bind_NoObjectAndNoShorthand_IsAnError()
    {
        var diagnostics = new DiagnosticBag();
        s_binder.Bind(Yaml.Object("x-gateway-sample: 7"), ExtensionLocations.Operation, diagnostics);

        Assert.Equal(ExtensionDiagnostics.WrongType, Assert.Single(diagnostics.Items).Descriptor);
    }

    private static SampleExtension BindGood(string text)
    {
        var diagnostics = new DiagnosticBag();
        ExtensionSet set = s_binder.Bind(
            Yaml.Object("x-gateway-sample:\n  " + text.Replace("\n", "\n  ", StringComparison.Ordinal)), ExtensionLocations.Operation, diagnostics);
        Assert.Empty(diagnostics.Items);
        return Assert.IsType<SampleExtension>(set.Get<SampleExtension>());
    }
}
