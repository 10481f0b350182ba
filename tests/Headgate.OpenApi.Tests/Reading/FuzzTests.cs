using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Overlays;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Conformance;

namespace Headgate.OpenApi.Tests.Reading;

/// <summary>
/// Mutated real documents: whatever comes in, a load gives a result, and soon. What it gives is consistent: a document or an
/// error, and every finding has a place.
/// </summary>
public class FuzzTests
{
    // A longer hunt: HEADGATE_FUZZ_RUNS=100000, with new random values each time. The ordinary run repeats the same ones.
    private static readonly int? Hunt = int.TryParse(Environment.GetEnvironmentVariable("HEADGATE_FUZZ_RUNS"), out int runs) ? runs : null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly (string Name, byte[] Content)[] Seeds =
        [.. ConformanceFiles.List("schema-3.1/pass", ".yaml")
            .Concat(ConformanceFiles.List("examples/v3.0", ".json"))
            .Concat(ConformanceFiles.List("examples/v3.1", ".json", ".yaml"))
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(ConformanceFiles.PathOf(file))))];

    private static readonly string[] Hostile =
        ["&a *a", "*a", "<<: ", "{", "[", "]", "}", ": ", "- ", "\t", "\"", "'", "!!", "%", "---\n", "...", "|\n", "$ref", "\\u0000", "\0", "\uFEFF", "\u2028", "{{", "/{", "}}", "~", "null", "-1e999", "#/", "#/paths/~1", "x-gateway-", "\r"];

    [Fact]
    public void Load_FlippedBytes_GivesAResult() => Check(
        from seed in Gen.Elements(Seeds)
        from flips in Gen.Choose(0, int.MaxValue).Two().NonEmptyListOf()
        select (seed.Name, Flip(seed.Content, flips)));

    [Fact]
    public void Load_TruncatedText_GivesAResult() => Check(
        from seed in Gen.Elements(Seeds)
        from at in Gen.Choose(0, seed.Content.Length)
        select (seed.Name, seed.Content[..at]));

    [Fact]
    public void Load_InsertedText_GivesAResult() => Check(
        from seed in Gen.Elements(Seeds)
        from at in Gen.Choose(0, seed.Content.Length)
        from text in Gen.Elements(Hostile)
        from times in Gen.Choose(1, 20)
        select (seed.Name, (byte[])[.. seed.Content[..at], .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, times))), .. seed.Content[at..]]));

    [Fact]
    public void Load_DeletedAndMovedLines_GivesAResult() => Check(
        from seed in Gen.Elements(Seeds)
        from moves in Gen.Choose(0, int.MaxValue).Two().NonEmptyListOf()
        select (seed.Name, MoveLines(seed.Content, moves)));

    [Fact]
    public void Load_ReplacedValues_GivesAResult() => Check(
        from seed in Gen.Elements(Seeds)
        from choices in Gen.Choose(0, int.MaxValue).ArrayOf(6)
        select ("mutant.json", MutateTree(seed, choices)));

    [Fact]
    public void Load_RandomBytes_GivesAResult() => Check(
        from name in Gen.Elements("a.json", "a.yaml", "a")
        from bytes in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()
        select (name, bytes));

    [Fact]
    public void Load_Seeds_StayValidAsJson()
    {
        Assert.All(Seeds, seed => Assert.NotNull(Loading.LoadText(JsonWriter.Write(Trees.Read(seed.Content, seed.Name).Root!), "seed.json").Document));
    }

    [Fact]
    public void Parse_RandomPaths_AreParsedOrRefused() => Check(
        from parts in Gen.Elements("$", "@", ".", "..", "*", "[", "]", "'a'", "\"", "a", "-", "1", ":", "?", "(", ")", "!", "&&", "||", "==", "<", " ", ",", "\\u00", "true").ListOf()
        select string.Concat(parts),
        path =>
        {
            try
            {
                new PathEvaluator(Trees.Json("{\"a\":[{\"a\":1},[2]]}"), 1000).Select(PathParser.Parse("$" + path), Trees.Json("{}"));
                return true;
            }
            catch (PathSyntaxException)
            {
                return true;
            }
        });

    private static void Check(Gen<(string Name, byte[] Content)> documents) => Check(documents, document =>
    {
        var watch = Stopwatch.StartNew();
        LoadResult result = new DocumentLoader(new Headgate.OpenApi.Extensions.ExtensionRegistry()).Load(DocumentSource.FromBytes(document.Name, document.Content));
        return watch.Elapsed < Patience
            && result.Document is null == result.Diagnostics.HasErrors
            && result.Diagnostics.Items.All(item => item.Location.File.Length > 0 && item.Message.Length > 0 && HasPlace(item));
    });

    private static void Check<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(values.ToArbitrary(), property).Check(Hunt is { } runs
            ? Config.QuickThrowOnFailure.WithMaxTest(runs)
            : Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(new Replay(new Rnd(20260101, 1), null)));

    // Findings about a whole file have no line.
    private static bool HasPlace(Diagnostic item) => (item.Location.Line > 0) == (item.Location.Column > 0);

    private static byte[] Flip(byte[] content, IEnumerable<(int At, int Bit)> flips)
    {
        byte[] mutant = [.. content];
        foreach ((int at, int bit) in flips)
            mutant[at % mutant.Length] ^= (byte)(1 << (bit % 8));
        return mutant;
    }

    private static byte[] MoveLines(byte[] content, IEnumerable<(int From, int To)> moves)
    {
        var lines = Encoding.UTF8.GetString(content).Split('\n').ToList();
        foreach ((int from, int to) in moves)
        {
            if (lines.Count < 2)
                break;
            string line = lines[from % lines.Count];
            lines.RemoveAt(from % lines.Count);
            if (to % 3 > 0)
                lines.Insert(to % lines.Count, line);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static byte[] MutateTree((string Name, byte[] Content) seed, int[] choices)
    {
        DocumentNode root = Trees.Read(seed.Content, seed.Name).Root!;
        for (int i = 0; i + 1 < choices.Length; i += 2)
            TreeMutation.Apply(root, choices[i], choices[i + 1]);
        return Encoding.UTF8.GetBytes(JsonWriter.Write(root));
    }
}
