using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Jwt;
using Headgate.Gateway.Policies.Jwt.Keys;

namespace Headgate.Gateway.Tests.Policies.Jwt;

/// <summary>What is remembered of verified tokens, for whom and how long.</summary>
public class VerifiedTokensTests
{
    private static readonly object s_scheme = new();
    private static readonly KeySet s_keys = new([]);
    private static readonly DateTimeOffset s_now = TestIssuer.Now;

    private readonly VerifiedTokens _tokens = new();

    [Fact]
    public void Token_IsFound_ForItsSchemeAndKeysAlone()
    {
        Caller caller = Add("header.claims.signature");

        Assert.Same(caller, _tokens.Find(s_scheme, s_keys, "header.claims.signature", s_now));
        Assert.Null(_tokens.Find(new object(), s_keys, "header.claims.signature", s_now));
        Assert.Null(_tokens.Find(s_scheme, new KeySet([]), "header.claims.signature", s_now));
    }

    [Fact]
    public void Token_ThatDiffersAnywhere_IsNotFound()
    {
        // Longer than what the hash covers: a change in front of it finds the same place and must fail the comparison.
        string token = new string('a', 300) + ".claims." + new string('s', 86);
        Add(token);
        for (int i = 0; i < token.Length; i++)
            Assert.Null(_tokens.Find(s_scheme, s_keys, string.Concat(token.AsSpan(0, i), "!", token.AsSpan(i + 1)), s_now));
        Assert.Null(_tokens.Find(s_scheme, s_keys, token.AsSpan(1), s_now));
        Assert.Null(_tokens.Find(s_scheme, s_keys, "a" + token, s_now));
    }

    [Fact]
    public void Token_IsKept_UntilItEnds_AndNoLongerThanTheBound()
    {
        Add("soon.over.x", TimeSpan.FromSeconds(10));
        Assert.NotNull(_tokens.Find(s_scheme, s_keys, "soon.over.x", s_now.AddSeconds(9.9)));
        Assert.Null(_tokens.Find(s_scheme, s_keys, "soon.over.x", s_now.AddSeconds(10)));

        Add("long.lived.x", TimeSpan.FromDays(1));
        Assert.NotNull(_tokens.Find(s_scheme, s_keys, "long.lived.x", s_now + VerifiedTokens.LongestKept - TimeSpan.FromTicks(1)));
        Assert.Null(_tokens.Find(s_scheme, s_keys, "long.lived.x", s_now + VerifiedTokens.LongestKept));
    }

    [Fact]
    public void Tokens_Together_StayBelowTheBound_AndTheUsedOnesStay()
    {
        const int bound = 1_000_000;
        var tokens = new VerifiedTokens(bound);
        Add("used.often.x", tokens: tokens);
        for (int i = 0; i < 20_000; i++)
        {
            Add($"header.{new string('c', 500)}.{i}", tokens: tokens);
            Assert.True(tokens.Bytes <= bound, $"{tokens.Bytes} bytes");
            Assert.NotNull(tokens.Find(s_scheme, s_keys, "used.often.x", s_now));
        }

        Assert.True(tokens.Bytes > bound / 2);
    }

    [Fact]
    public void TenThousandTokens_AreAllFoundAgain()
    {
        for (int i = 0; i < 10_000; i++)
            Add($"header.{i}.signature-{i * 7919}");
        int found = Enumerable.Range(0, 10_000).Count(i => _tokens.Find(s_scheme, s_keys, $"header.{i}.signature-{i * 7919}", s_now) is not null);

        // A set of eight that gets a ninth loses one: a few in ten thousand.
        Assert.InRange(found, 9_950, 10_000);
    }

    [Fact]
    public async Task Tokens_OfManyThreads_AreTheirOwn()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                string token = $"{thread}.{i}.x";
                Caller caller = Add(token);
                Caller? found = _tokens.Find(s_scheme, s_keys, token, s_now);
                Assert.True(found is null || ReferenceEquals(found, caller));
            }
        })));
    }

    [Fact]
    public void Find_OfAKnownToken_AllocatesNothing()
    {
        string token = new('t', 900);
        Add(token);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                _tokens.Find(s_scheme, s_keys, token, s_now);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "ab", false)]
    public void FixedTime_ComparesWhole(string left, string right, bool equal)
    {
        Assert.Equal(equal, FixedTime.AreEqual(left, right));
        foreach (int length in new[] { 7, 8, 16, 31, 64, 100 })
        {
            string text = new('x', length);
            Assert.True(FixedTime.AreEqual(text, new string('x', length)));
            for (int i = 0; i < length; i++)
                Assert.False(FixedTime.AreEqual(text, string.Concat(text.AsSpan(0, i), "\u0178", text.AsSpan(i + 1))));
        }
    }

    private Caller Add(string token, TimeSpan? lasts = null, VerifiedTokens? tokens = null)
    {
        var caller = new Caller { User = token };
        (tokens ?? _tokens).Add(s_scheme, s_keys, token, 0, new VerifiedToken(caller, s_now + (lasts ?? TimeSpan.FromHours(1))), s_now);
        return caller;
    }
}
