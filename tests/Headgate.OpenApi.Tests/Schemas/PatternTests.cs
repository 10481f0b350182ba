using System.Text;
using System.Text.Json;
using Headgate.OpenApi.Schemas.Patterns;

namespace Headgate.OpenApi.Tests.Schemas;

/// <summary>Patterns mean what ECMA-262 says, on both ways of matching.</summary>
public class PatternTests
{
    [Theory]
    [InlineData("^[0-9]{12,19}$", "123456789012", "12345678901")]
    [InlineData("^[a-z0-9._-]{3,32}$", "a.b-c_9", "a.B")]
    [InlineData("^SKU-\\d+$", "SKU-42", "SKU-")]
    [InlineData("^[A-Z]{2}[0-9]{3}$", "AB123", "AB1234")]
    [InlineData("^\\+?[1-9]\\d{1,14}$", "+41791234567", "+0")]
    [InlineData("^a|b$", "ax", "xa")]
    [InlineData("^[^x]$", "é", "x")]
    [InlineData("^.$", "😀", "\n")]
    [InlineData("^[😀-😎]{2}$", "😁😂", "😁x")]
    [InlineData("^[^😀]$", "😁", "😀")]
    [InlineData("^\\u{1F600}$", "😀", "😁")]
    [InlineData("^\\ud83d\\ude00$", "😀", "😁")]
    [InlineData("^[\\s\\S]$", "\u2028", "ab")]
    [InlineData("^[^\\d]$", "é", "1")]
    [InlineData("^\\p{Lu}\\p{Ll}+$", "Éa", "éa")]
    [InlineData("^(?<year>\\d{4})$", "2026", "26")]
    [InlineData("a{2", "xa{2", "aa")]
    [InlineData("^[a\\-z]+$", "a-z", "b")]
    [InlineData("^[\\w-]+$", "a-b", "a b")]
    [InlineData("^(a)\\1$", "aa", "ab")]
    [InlineData("^(?!x)", "a", "x")]
    [InlineData("^$", "", "a")]
    [InlineData("^-?$", "-", "--")]
    public void Pattern_MatchesOne_AndNotTheOther(string pattern, string match, string other)
    {
        Assert.True(SchemaPattern.TryParse(pattern, out SchemaPattern? parsed, out string? problem), problem);

        Assert.Equal(PatternMatch.Found, parsed.Match(Encoding.UTF8.GetBytes(match)));
        Assert.Equal(PatternMatch.Missing, parsed.Match(Encoding.UTF8.GetBytes(other)));
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("\\")]
    [InlineData("\\Aabc\\z")]
    [InlineData("[z-a]")]
    [InlineData("a{3,2}")]
    [InlineData("\\p{Script=Greek}")]
    [InlineData("(?i)a")]
    [InlineData("\\u{110000}")]
    [InlineData("\\2")]
    public void Pattern_ThatIsNone_IsFound(string pattern)
    {
        var schema = new TestSchema($$"""{ "pattern": {{JsonSerializer.Serialize(pattern)}} }""");

        Assert.Equal("HG1501", Assert.Single(schema.Diagnostics.Items).Code);
    }

    // The short way for common patterns and the general one agree.
    [Theory]
    [InlineData("^[0-9]{2,4}$")]
    [InlineData("^[A-C]{1,2}[0-9]{2}$")]
    [InlineData("^a+b{2}$")]
    [InlineData("^[a-c]*$")]
    [InlineData("^x-[a-c]+$")]
    [InlineData("^\\w{3}$")]
    public void CharacterRun_AgreesWith_TheGeneralEngine(string pattern)
    {
        CharacterRun run = Assert.IsType<CharacterRun>(CharacterRun.Parse(pattern));
        Assert.True(EcmaPattern.TryTranslate(pattern, out string? translated, out _, out _));
        var regex = new System.Text.RegularExpressions.Regex(translated);
        var random = new Random(7);
        int found = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => "abcABC0129x-"[random.Next(12)]));
            bool matches = regex.IsMatch(text);
            Assert.True(matches == run.Matches(Encoding.UTF8.GetBytes(text)), text);
            found += matches ? 1 : 0;
        }

        Assert.True(found > 0, "No text matched.");
    }
}
