using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Tests.Model;

public class PathTemplateTests
{
    // A parameter is shown in braces, a literal plainly, parts apart by '+'.
    [Theory]
    [InlineData("/", "")]
    [InlineData("/orders", "orders")]
    [InlineData("/orders/{id}", "orders|{id}")]
    [InlineData("/orders/{id}/", "orders|{id}|")]
    [InlineData("/a//b", "a||b")]
    [InlineData("/files/{name}.{extension}", "files|{name}+.+{extension}")]
    [InlineData("/v{version}/x-{id}-y", "v+{version}|x-+{id}+-y")]
    [InlineData("/orders:{action}", "orders:+{action}")]
    [InlineData("/{user-id}/%2F", "{user-id}|%2F")]
    public void TryParse_WellFormed_GivesItsParts(string text, string expected)
    {
        Assert.True(PathTemplate.TryParse(text, out PathTemplate? template, out _));
        Assert.Equal(expected, string.Join('|', template.Segments.Select(segment => string.Join('+', segment.Parts.Select(part => part.IsParameter ? $"{{{part.Text}}}" : part.Text)))));
        Assert.All(template.Segments, segment => Assert.NotEmpty(segment.Parts));
    }

    [Theory]
    [InlineData("", "begins with")]
    [InlineData("orders", "begins with")]
    [InlineData("/orders/{id", "no '}'")]
    [InlineData("/orders/id}", "no '{'")]
    [InlineData("/orders/{a{b}}", "no '}'")]
    [InlineData("/orders/{a}}", "no '{'")]
    [InlineData("/orders/{a/b}", "no '}'")]
    [InlineData("/orders/{}", "no name")]
    [InlineData("/{a}{b}", "side by side")]
    [InlineData("/{a}/{a}", "twice")]
    [InlineData("/orders?x={x}", "query")]
    [InlineData("/orders#{x}", "fragment")]
    public void TryParse_Malformed_SaysWhy(string text, string expected)
    {
        Assert.False(PathTemplate.TryParse(text, out _, out string? problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
