using Commerce.Shared.Security;
using Commerce.Tests.Support;

namespace Commerce.Tests;

public class VerificationKeysTests
{
    [Fact]
    public async Task Find_UnknownIds_ReadsTheSetOnceUntilTheIntervalIsOver()
    {
        var clock = new MovableClock();
        var reads = 0;
        using var keys = new VerificationKeys(_ => Task.FromResult(new JsonWebKeySet(Count(ref reads))), clock);

        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Null(await keys.FindAsync($"forged-{attempt}", CancellationToken.None));
        Assert.Equal(1, reads);

        clock.Advance(VerificationKeys.RefetchInterval);
        Assert.Null(await keys.FindAsync("forged", CancellationToken.None));
        Assert.Equal(2, reads);
    }

    [Fact]
    public async Task Find_KeyThatWasAdded_IsFoundAfterOneMoreRead()
    {
        var clock = new MovableClock();
        var published = new List<JsonWebKey>();
        using var keys = new VerificationKeys(_ => Task.FromResult(new JsonWebKeySet([.. published])), clock);
        Assert.Null(await keys.FindAsync("new", CancellationToken.None));

        published.Add(new JsonWebKey("RSA", "sig", "RS256", "new", new string('A', 342) + "w", "AQAB"));
        clock.Advance(VerificationKeys.RefetchInterval);

        Assert.NotNull(await keys.FindAsync("new", CancellationToken.None));
    }

    private static JsonWebKey[] Count(ref int reads)
    {
        reads++;
        return [];
    }
}
