using Headgate.Gateway.Policies.Cache.Rules;
using Headgate.Gateway.Representations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Tests.Policies.Cache;

/// <summary>The rules of RFC 9111, one by one, on answers that nobody sent.</summary>
public class CacheRuleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CacheSettings s_plain = new(null, TimeSpan.Zero, TimeSpan.Zero);

    [Theory]
    [InlineData("max-age=60", 60)]
    [InlineData("MAX-AGE=60", 60)]
    [InlineData("max-age=\"60\"", 60)]
    [InlineData("max-age=60, max-age=5", 60)]
    [InlineData("max-age=60, s-maxage=5", 5)]
    [InlineData("a=\"max-age=99\", max-age=60", 60)]
    [InlineData("a=\"\\\"max-age=99\", max-age=60", 60)]
    [InlineData("max-age=-1", 0)]
    [InlineData("max-age='60'", 0)]
    [InlineData("max-age=60.5", 0)]
    [InlineData("max-age", 0)]
    [InlineData("max-age=99999999999999999999", int.MaxValue)]
    [InlineData("max-age =60", 0)]
    [InlineData("no-cache", 0)]
    [InlineData(",,, , max-age=60,,", 60)]
    public void Freshness_OfCacheControl(string cacheControl, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LifetimeCalculation.Of(Answer(("Cache-Control", cacheControl)), s_plain).FreshFor);

    [Theory]
    [InlineData("Fri, 02 Jan 2026 12:01:00 GMT", 60)]
    [InlineData("Friday, 02-Jan-26 12:01:00 GMT", 60)]
    [InlineData("Fri Jan  2 12:01:00 2026", 60)]
    [InlineData("Fri, 02 Jan 2026 11:59:00 GMT", 0)]
    [InlineData("0", 0)]
    [InlineData("Fri, 02 Jan 2026 12:01:00 CET", 0)]
    [InlineData("", 0)]
    public void Freshness_OfExpires(string expires, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), LifetimeCalculation.Of(Answer(("Expires", expires), ("Date", HttpDates.Format(s_now))), s_plain).FreshFor);

    [Theory]
    [InlineData(200, null, 10, 1)]
    [InlineData(200, null, 1000, 24)]
    [InlineData(404, null, 10, 1)]
    [InlineData(403, null, 10, 0)]
    [InlineData(403, "public", 10, 1)]
    [InlineData(200, null, -10, 0)]
    public void Freshness_OfLastModified_IsATenth_OfADayAtMost(int status, string? cacheControl, int hoursAgo, int hours) => Assert.Equal(
        TimeSpan.FromHours(hours),
        LifetimeCalculation.Of(Answer(status, ("Cache-Control", cacheControl), ("Last-Modified", HttpDates.Format(s_now.AddHours(-hoursAgo)))), s_plain).FreshFor);

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData("30", null, 30)]
    [InlineData("30", 60, 60)]
    [InlineData("90", 60, 90)]
    [InlineData("30", -60, 30)]
    [InlineData("abc", null, int.MaxValue)]
    [InlineData("-1", null, int.MaxValue)]
    [InlineData("0, 7", null, int.MaxValue)]
    public void Age_OfAnAnswerAsItComes(string? age, int? dateSecondsAgo, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        LifetimeCalculation.Of(Answer(("Age", age), ("Date", dateSecondsAgo is { } ago ? HttpDates.Format(s_now.AddSeconds(-ago)) : null)), s_plain).InitialAge);

    [Theory]
    [InlineData("max-age=60", "None", true)]
    [InlineData("max-age=60", "Verified", true)]
    [InlineData("max-age=60", "Unverified", false)]
    [InlineData("max-age=60", "Cookie", false)]
    [InlineData("max-age=60, public", "Unverified", true)]
    [InlineData("s-maxage=60", "Unverified", true)]
    [InlineData("max-age=60, must-revalidate", "Unverified", true)]
    [InlineData("max-age=60, public", "Cookie", true)]
    [InlineData("max-age=60, private", "None", false)]
    [InlineData("max-age=60, no-store", "None", false)]
    [InlineData("max-age=60, no-store, must-understand", "None", true)]
    [InlineData("max-age=0", "None", false)]
    public void Storing(string cacheControl, string credentials, bool stored)
    {
        ReceivedAnswer answer = Answer(("Cache-Control", cacheControl));
        Assert.Equal(stored, Storability.Refusal(answer, LifetimeCalculation.Of(answer, s_plain), shares: false, Enum.Parse<RequestCredentials>(credentials)) is null);
    }

    // The document says whom answers are for; whose cookie is everybody's the service alone.
    [Theory]
    [InlineData("max-age=60", false)]
    [InlineData("max-age=60, public", true)]
    [InlineData("s-maxage=60", true)]
    [InlineData("max-age=60, private=\"Set-Cookie\"", true)]
    public void Storing_OfACookie_ThatAllCallersOfADocumentShare(string cacheControl, bool stored)
    {
        ReceivedAnswer answer = Answer(("Cache-Control", cacheControl), ("Set-Cookie", "session=1"));
        Assert.Equal(stored, Storability.Refusal(answer, LifetimeCalculation.Of(answer, s_plain), shares: true, RequestCredentials.None) is null);
    }

    [Theory]
    [InlineData("max-age=60;a=1", 60)]
    [InlineData("max-age=60 , no-store;why=\"max-age=5, x\"", 60)]
    [InlineData("a;max-age=5, max-age=60;max-age=5", 60)]
    public void Parameters_OfTargetedDirectives_AreIgnored(string value, int seconds) => Assert.Equal(seconds, TargetedDirectives.Parse(value)?.MaxAge);

    [Theory]
    [InlineData("\"1\"", "\"1\"", true)]
    [InlineData("W/\"1\"", "\"1\"", true)]
    [InlineData("\"1\"", "W/\"1\"", true)]
    [InlineData("\"0\", \"1\"", "\"1\"", true)]
    [InlineData("\"a,b\", \"1\"", "\"a,b\"", true)]
    [InlineData("*", "\"1\"", true)]
    [InlineData("\"2\"", "\"1\"", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("\"1", "\"1\"", false)]
    [InlineData(",", "\"1\"", false)]
    public void EntityTags_OfIfNoneMatch(string sent, string stored, bool matches) => Assert.Equal(matches, EntityTags.AnyMatches(sent, stored));

    [Theory]
    [InlineData("max-age=60", true)]
    [InlineData("no-store, max-age=60", true)]
    [InlineData("foo=bar, max-age=60", true)]
    [InlineData("max-age=60;a=1; b=\"x;y,z\";c", true)]
    [InlineData("max-age=60;A=1", false)]
    [InlineData("max-age=60;", false)]
    [InlineData("max-age=\"60\"", false)]
    [InlineData("max-age=60, &&", false)]
    [InlineData("Max-Age=60", false)]
    [InlineData("", false)]
    public void TargetedField_CountsWhereItIsValid(string value, bool valid) => Assert.Equal(valid, TargetedDirectives.Parse(value) is not null);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 1994)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 1994)]
    [InlineData("Thursday, 18-Aug-50 02:01:18 GMT", 2050)]
    [InlineData("Sun Nov  6 08:49:37 1994", 1994)]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT", 1994)]
    [InlineData("Sun, 06 Nov 1994 08:49:37", null)]
    [InlineData("yesterday", null)]
    public void Dates_InEveryForm(string text, int? year) => Assert.Equal(year, HttpDates.Parse(text, s_now)?.Year);

    [Fact]
    public void KeyParts_CannotBeMovedFromOneToTheNext()
    {
        Assert.NotEqual(KeyOf("ab", "c"), KeyOf("a", "bc"));
        Assert.NotEqual(KeyOf("a", "", "b"), KeyOf("a", "b", ""));
        Assert.NotEqual(KeyOf("a\0b"), KeyOf("a", "b"));
        Assert.Equal(KeyOf(new string('x', 10_000), "y"), KeyOf(new string('x', 10_000), "y"));
    }

    private static string KeyOf(params string[] parts)
    {
        var writer = new KeyWriter(stackalloc char[16]);
        foreach (string part in parts)
            writer.Part(part);
        string key = writer.Written.ToString();
        writer.Dispose();
        return key;
    }

    private static ReceivedAnswer Answer(params (string Name, string? Value)[] fields) => Answer(200, fields);

    private static ReceivedAnswer Answer(int status, params (string Name, string? Value)[] fields)
    {
        var headers = new HeaderDictionary();
        foreach ((string name, string? value) in fields)
        {
            if (value is not null)
                headers[name] = value;
        }

        return ReceivedAnswer.Of(status, headers, s_now, s_now);
    }
}
