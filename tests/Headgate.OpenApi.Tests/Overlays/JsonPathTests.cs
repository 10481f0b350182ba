using Headgate.OpenApi.Overlays;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Overlays;

public class JsonPathTests
{
    private const string Store = """
        { "paths": { "/foo": { "get": { "tags": ["a", "b", "c", "d"], "x-traits": { "paged": null }, "parameters": [
              { "name": "filter", "in": "query" }, { "name": "id", "in": "path", "n": 1 }, { "name": "X", "in": "query", "n": 2.0 } ] } },
            "/bar": { "post": { "tags": ["z"] } } }, "name": "top" }
        """;

    // Examples after RFC 9535 §2 on a document of this project's kind.
    [Theory]
    [InlineData("$", "")]
    [InlineData("$.paths.*", "/paths/~1foo /paths/~1bar")]
    [InlineData("$.paths['/foo'].get", "/paths/~1foo/get")]
    [InlineData("$[\"paths\"]['/foo','/bar'].*", "/paths/~1foo/get /paths/~1bar/post")]
    [InlineData("$.paths['/b\\u0061r']", "/paths/~1bar")]
    [InlineData("$ .paths [ '/bar' ]", "/paths/~1bar")]
    [InlineData("$..tags[0]", "/paths/~1foo/get/tags/0 /paths/~1bar/post/tags/0")]
    [InlineData("$..tags[-1]", "/paths/~1foo/get/tags/3 /paths/~1bar/post/tags/0")]
    [InlineData("$..tags[9]", null)]
    [InlineData("$..get.tags[1:3]", "/paths/~1foo/get/tags/1 /paths/~1foo/get/tags/2")]
    [InlineData("$..get.tags[:2]", "/paths/~1foo/get/tags/0 /paths/~1foo/get/tags/1")]
    [InlineData("$..get.tags[-2:]", "/paths/~1foo/get/tags/2 /paths/~1foo/get/tags/3")]
    [InlineData("$..get.tags[::2]", "/paths/~1foo/get/tags/0 /paths/~1foo/get/tags/2")]
    [InlineData("$..get.tags[::-2]", "/paths/~1foo/get/tags/3 /paths/~1foo/get/tags/1")]
    [InlineData("$..get.tags[3:0:-1]", "/paths/~1foo/get/tags/3 /paths/~1foo/get/tags/2 /paths/~1foo/get/tags/1")]
    [InlineData("$..get.tags[::0]", null)]
    [InlineData("$..tags[?@ == 'z']", "/paths/~1bar/post/tags/0")]
    [InlineData("$.paths.*[?@.x-traits.paged]", "/paths/~1foo/get")]
    [InlineData("$.paths[?@.post]", "/paths/~1bar")]
    [InlineData("$.paths[?!@.post]", "/paths/~1foo")]
    [InlineData("$.paths[?@..name]", "/paths/~1foo")]
    [InlineData("$..parameters[?@.name=='filter' && @.in=='query']", "/paths/~1foo/get/parameters/0")]
    [InlineData("$..parameters[?(@.in == \"path\" || @.n > 1.5)]", "/paths/~1foo/get/parameters/1 /paths/~1foo/get/parameters/2")]
    [InlineData("$..parameters[?@.n == 2]", "/paths/~1foo/get/parameters/2")]
    [InlineData("$..parameters[?@.n >= 1 && @.n < 2]", "/paths/~1foo/get/parameters/1")]
    [InlineData("$..parameters[?@.n != 1]", "/paths/~1foo/get/parameters/0 /paths/~1foo/get/parameters/2")]
    [InlineData("$..parameters[?@.name < 'f']", "/paths/~1foo/get/parameters/2")]
    [InlineData("$..parameters[?@.missing == $.absent]", "/paths/~1foo/get/parameters/0 /paths/~1foo/get/parameters/1 /paths/~1foo/get/parameters/2")]
    [InlineData("$..parameters[?!(@.in == 'query')]", "/paths/~1foo/get/parameters/1")]
    [InlineData("$.paths.*[?@.tags == $.paths['/bar'].post.tags]", "/paths/~1bar/post")]
    [InlineData("$..*[?@.paged == null]", "/paths/~1foo/get/x-traits")]
    public void Select_Path_FindsTheValues(string path, string? expected)
    {
        DocumentNode root = Trees.Json(Store);

        List<DocumentNode> selected = new PathEvaluator(root, 10_000).Select(PathParser.Parse(path), root);

        Assert.Equal(expected?.Split(' ') ?? [], selected.Select(node => node.Pointer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("paths")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$[")]
    [InlineData("$['a")]
    [InlineData("$['\\x']")]
    [InlineData("$[a]")]
    [InlineData("$[1")]
    [InlineData("$[99999999999999999999]")]
    [InlineData("$.a b")]
    [InlineData("$[?]")]
    [InlineData("$[?'x']")]
    [InlineData("$[?@.a ==]")]
    [InlineData("$[?@.* == 1]")]
    [InlineData("$[?(@.a]")]
    [InlineData("$[?@.a == b]")]
    [InlineData("$[?@.a == 1e]")]
    public void Parse_Mistake_IsRefused(string path) => Assert.False(Assert.Throws<PathSyntaxException>(() => PathParser.Parse(path)).Unsupported);

    [Theory]
    [InlineData("$[?length(@.a) > 1]")]
    [InlineData("$.a.length()")]
    public void Parse_Function_IsRefusedAsUnsupported(string path) => Assert.True(Assert.Throws<PathSyntaxException>(() => PathParser.Parse(path)).Unsupported);

    [Fact]
    public void Parse_DeepFilter_NeedsNoStack() =>
        Assert.Throws<PathSyntaxException>(() => PathParser.Parse("$[?" + new string('(', 100_000)));
}
