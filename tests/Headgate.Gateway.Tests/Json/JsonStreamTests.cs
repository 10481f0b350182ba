using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headgate.Gateway.Json;

namespace Headgate.Gateway.Tests.Json;

/// <summary>JSON that is read in pieces: against what a reader of whole documents says.</summary>
public class JsonStreamTests
{
    private const int Rounds = 5000;

    public static TheoryData<string> Texts =>
    [
        "{}", "[]", "0", "-0", "1.5e+10", "\"\"", "true", "false", "null", " [ 1 , {\"a\" : [] } ] ", "\"\\ud83d\\ude00\\n\"", "{\"a\":{\"b\":[[[]]]}}", "\t123 ",
        "", " ", "{", "[", "]", "}", "[1,]", "{,}", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "{1:1}", "[1 2]", "1 2", "01", "-", "1.", ".5", "1e", "1e+", "+1", "--1", "0x1", "tru", "truex", "nul",
        "\"", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\n\"", "\"\t\"", "'a'", "[1]]", "{}{}", "[}", "{]", "{\"a\":1]", "// c\n1", "[1/**/]", "NaN", "\uFEFF1", "\"a\"b", "[,1]", "{\"a\":1 \"b\":2}", "{\"a\"::1}",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsTakenOrRefused_AsAReaderOfWholeDocumentsDoes_HoweverItIsCut(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool expected = IsJson(bytes);
        for (int piece = 1; piece <= Math.Max(1, bytes.Length); piece++)
        {
            var selection = new JsonSelection();
            selection.Begin([]);
            for (int at = 0; at < bytes.Length; at += piece)
                selection.Take(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)), out _);

            Assert.Equal((piece, expected), (piece, selection.End()));
        }
    }

    [Theory]
    [InlineData("C0AF", false)]
    [InlineData("C3A9", true)]
    [InlineData("C3", false)]
    [InlineData("E0809F", false)]
    [InlineData("EDA080", false)]
    [InlineData("ED9FBF", true)]
    [InlineData("F4908080", false)]
    [InlineData("F09F9880", true)]
    [InlineData("F09F98", false)]
    [InlineData("80", false)]
    [InlineData("FF", false)]
    [InlineData("E282AC", true)]
    [InlineData("C35C6E", false)]
    public void String_ThatIsNoUtf8_IsRefused(string hex, bool isValid)
    {
        byte[] text = [(byte)'"', .. Convert.FromHexString(hex), (byte)'"'];
        for (int cut = 1; cut < text.Length; cut++)
        {
            var selection = new JsonSelection();
            selection.Begin([]);
            selection.Take(text.AsSpan(0, cut), out _);
            selection.Take(text.AsSpan(cut), out _);
            Assert.Equal((cut, isValid), (cut, selection.End()));
        }
    }

    [Theory]
    [InlineData(JsonStream.MostDepth, true)]
    [InlineData(JsonStream.MostDepth + 1, false)]
    public void Nesting_HasABound(int depth, bool isValid)
    {
        var projection = new JsonProjection();
        projection.Begin(FieldTree.Of(["a"]), new ArrayBufferWriter<byte>());
        projection.Take(Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth)));
        Assert.Equal(isValid, projection.End());
    }

    [Theory]
    [InlineData("""{"\ud800":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"\udc00\ud800":{"a":1},"\u0061":2}""", """{"\u0061":2}""")]
    public void NameThatIsNoText_IsNoneThatIsKnown(string text, string projected)
    {
        var (projection, selection, output) = (new JsonProjection(), new JsonSelection(), new ArrayBufferWriter<byte>());
        projection.Begin(FieldTree.Of(["a"]), output);
        selection.Begin(["a"u8.ToArray()]);

        Assert.True(projection.Take(Encoding.UTF8.GetBytes(text)) && projection.End());
        Assert.True(selection.Take(Encoding.UTF8.GetBytes(text), out ReadOnlySpan<byte> selected) && selection.End());

        Assert.Equal(projected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal("2", Encoding.UTF8.GetString(selected));
    }

    [Fact]
    public void Projection_IsThatOfADocument()
    {
        var projection = new JsonProjection();
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomJson(seed);
            (JsonNode? value, byte[] text) = random.Next();
            string[] fields = random.Fields();
            var output = new ArrayBufferWriter<byte>();
            projection.Begin(FieldTree.Of(fields), output);
            foreach (ReadOnlyMemory<byte> piece in random.Pieces(text))
                Assert.True(projection.Take(piece.Span));

            Assert.True(projection.End());
            Assert.Equal(output.WrittenCount, projection.Written);
            JsonNode? expected = Project(value, [.. fields.Select(field => field.Split('.'))]);
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(output.WrittenSpan)), $"{seed}: {string.Join(", ", fields)} of {Encoding.UTF8.GetString(text)} is {Encoding.UTF8.GetString(output.WrittenSpan)}");
        }
    }

    [Fact]
    public void Selection_IsThatOfADocument()
    {
        var selection = new JsonSelection();
        int found = 0;
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomJson(seed);
            (JsonNode? value, byte[] text) = random.Next();
            string[] way = random.Way();
            var output = new ArrayBufferWriter<byte>();
            selection.Begin([.. way.Select(Encoding.UTF8.GetBytes)]);
            foreach (ReadOnlyMemory<byte> piece in random.Pieces(text))
            {
                Assert.True(selection.Take(piece.Span, out ReadOnlySpan<byte> selected));
                output.Write(selected);
            }

            Assert.True(selection.End());
            bool isThere = TryWalk(value, way, out JsonNode? expected);
            Assert.Equal((seed, isThere), (seed, selection.IsFound));
            Assert.True(isThere ? JsonNode.DeepEquals(expected, JsonNode.Parse(output.WrittenSpan)) : output.WrittenCount == 0, $"{seed}");
            found += isThere && way.Length > 0 ? 1 : 0;
        }

        Assert.True(found > Rounds / 50, $"{found} were found");
    }

    [Fact]
    public void Selection_OfANameThatStandsTwice_IsTheFirst()
    {
        var selection = new JsonSelection();
        selection.Begin(["a"u8.ToArray(), "b"u8.ToArray()]);
        Assert.True(selection.Take("""{"a":{"c":1},"a":{"b":2}}"""u8, out ReadOnlySpan<byte> selected));
        Assert.Equal((false, 0), (selection.IsFound, selected.Length));
    }

    [Fact]
    public void Name_LongerThanItsBound_InPieces_IsNoField()
    {
        string name = new('n', JsonStream.MostNameBytes);
        var output = new ArrayBufferWriter<byte>();
        var projection = new JsonProjection();
        projection.Begin(FieldTree.Of([name, "a"]), output);
        byte[] text = Encoding.ASCII.GetBytes($"{{\"{name}\":1,\"a\":2}}");
        projection.Take(text.AsSpan(0, 100));
        projection.Take(text.AsSpan(100));
        Assert.True(projection.End());
        Assert.Equal("{\"a\":2}", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        byte[] text = new RandomJson(7).Next().Text;
        FieldTree fields = FieldTree.Of(["id", "items.name", "items.price"]);
        var output = new ArrayBufferWriter<byte>(text.Length);
        (JsonProjection projection, JsonSelection selection, byte[][] tokens) = (new JsonProjection(), new JsonSelection(), ["items"u8.ToArray()]);
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            output.ResetWrittenCount();
            projection.Begin(fields, output);
            projection.Take(text);
            projection.End();
            selection.Begin(tokens);
            selection.Take(text, out _);
            selection.End();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The rule in the words of a tree: fields of objects, items of arrays, and everything else as it is.
    private static JsonNode? Project(JsonNode? value, string[][] fields)
    {
        if (fields.Any(field => field.Length == 0))
            return value?.DeepClone();
        return value switch
        {
            JsonArray list => new JsonArray([.. list.Select(item => Project(item, fields))]),
            JsonObject map => new JsonObject(
                from member in map
                let inner = fields.Where(field => field[0] == member.Key).Select(field => field[1..]).ToArray()
                where inner.Length > 0
                select KeyValuePair.Create(member.Key, Project(member.Value, inner))),
            _ => value?.DeepClone(),
        };
    }

    private static bool TryWalk(JsonNode? value, string[] way, out JsonNode? found)
    {
        found = value;
        foreach (string token in way)
        {
            if (found is JsonObject map && map.TryGetPropertyValue(token, out JsonNode? member))
                found = member;
            else if (found is JsonArray list && int.TryParse(token, out int position) && position < list.Count)
                found = list[position];
            else
                return false;
        }

        return true;
    }
}
