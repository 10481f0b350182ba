using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Policies.Validation;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Headgate.Gateway.Tests.Policies.Validation.Fuzz;

/// <summary>
/// Queries, forms and cookies beside the framework's own readers, which read what arrives at most services written in .NET: whatever is read here is read there as the same names and
/// values in the same order; what is ambiguous may be refused.
/// </summary>
public class PairFuzzTests
{
    private const int Runs = 4_000;

    private static readonly string[] s_queries =
        ["a=1&b=2", "name=a+b&tags=1,2", "q=%C3%A9&q=%20", "a&b=&=c", "filter%5Bx%5D=1&filter[y]=2", "a=b=c&d", "a=%2Cb&a=%26"];

    private static readonly string[] s_cookies = ["a=1; b=2", "session=0190b6a5; sizes=1,2", "a=\"quoted\"; b=", "a=b=c; d=e"];

    [Fact]
    public void Pairs_OfAQueryOrForm_AreThoseThatTheFrameworkReads()
    {
        int read = 0;
        Prop.ForAll(Arb.From(Gen.OneOf(FuzzTexts.Rubbish, FuzzTexts.Mutated(s_queries))), text =>
        {
            string ascii = string.Concat(text.Where(char.IsAscii));
            if (Read(ascii, '&', TextEncoding.Form) is not { } own)
                return;
            read++;
            var other = new List<(string, string)>();
            foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(ascii))
                other.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
            Assert.Equal(other, own);
        }).Check(FuzzTexts.Config(Runs));
        Assert.InRange(read, Runs / 5, Runs);
    }

    [Fact]
    public void Pairs_ThatAFormWriterWrote_AreReadBackEqual()
    {
        Gen<(string, string)> pair = from name in FuzzTexts.Any from value in FuzzTexts.Any select (name + "n", value);
        Gen<(string, string)[]> pairs = from count in Gen.Choose(0, 40) from list in pair.ListOf(count) select list.ToArray();
        Prop.ForAll(Arb.From(pairs), written =>
        {
            using var form = new FormUrlEncodedContent(written.Select(one => KeyValuePair.Create(one.Item1, one.Item2)));
            using var reader = new StreamReader(form.ReadAsStream(TestContext.Current.CancellationToken));
            Assert.Equal(written, Read(reader.ReadToEnd(), '&', TextEncoding.Form));
        }).Check(FuzzTexts.Config(1_000));
    }

    [Fact]
    public void Cookies_ThatTheFrameworkFindsWellFormed_AreReadAlike()
    {
        int read = 0;
        Prop.ForAll(Arb.From(Gen.OneOf(FuzzTexts.Rubbish, FuzzTexts.Mutated(s_cookies))), text =>
        {
            List<(string, string)>? own = Read(text, ';', TextEncoding.None);
            Assert.NotNull(own);

            // The framework's list takes commas for separators too, and half of a quoted value for an empty one.
            if (!CookieHeaderValue.TryParseStrictList([text], out IList<CookieHeaderValue>? other) || text.AsSpan().ContainsAny("\r\n,") || text.Split(';').Any(cookie => cookie.Count(c => c == '"') % 2 > 0))
                return;
            read++;
            Assert.Equal(other.Select(cookie => (cookie.Name.ToString(), cookie.Value.ToString())), own);
        }).Check(FuzzTexts.Config(Runs));
        Assert.InRange(read, Runs / 10, Runs);
    }

    // The bound is of the pairs and not of the bytes: nothing grows with what lies beyond it.
    [Theory]
    [InlineData('&')]
    [InlineData(';')]
    public void Pairs_BeyondTheBound_AreNotRead(char separator)
    {
        var pairs = new PairList();
        Assert.False(pairs.TryParse(string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"a{i % 7}{separator}")), separator, TextEncoding.Form));
        Assert.Equal(PairList.MostPairs, pairs.Count);
    }

    private static List<(string, string)>? Read(string text, char separator, TextEncoding encoding)
    {
        var pairs = new PairList();
        var memory = ValidationMemory.ForThread(long.MaxValue);
        if (!pairs.TryParse(text, separator, encoding))
            return null;
        var found = new List<(string, string)>();
        for (int pair = 0; pair < pairs.Count; pair++)
        {
            if (!memory.TryDecode(text.AsSpan()[pairs.Value(pair)], encoding, out ReadOnlySpan<byte> value))
                return null;
            found.Add((Encoding.UTF8.GetString(pairs.Name(pair)), Encoding.UTF8.GetString(value)));
        }

        return found;
    }
}
