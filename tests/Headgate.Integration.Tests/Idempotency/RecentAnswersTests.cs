using Headgate.Integration.Idempotency;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Tests.Idempotency;

/// <summary>The answers that are in memory beside the store.</summary>
public class RecentAnswersTests
{
    private const int MostBytes = 64 * 1024;

    private readonly SteppingTime _time = new();

    [Fact]
    public void Answer_IsFound_UntilItsTimeIsOver()
    {
        var recent = new RecentAnswers(MostBytes, _time);
        recent.Add(KeyOf(1), AnswerOf(10));

        Assert.NotNull(recent.Find(KeyOf(1)));
        Assert.Null(recent.Find(KeyOf(2)));
        _time.Now += TimeSpan.FromHours(1);
        Assert.Null(recent.Find(KeyOf(1)));
    }

    [Fact]
    public void Answers_BeyondTheBound_PushTheOldestOut()
    {
        const int answers = 1_000;
        const int bytes = 1024;
        var recent = new RecentAnswers(MostBytes, _time);
        for (int i = 0; i < answers; i++)
            recent.Add(KeyOf(i), AnswerOf(bytes));

        int found = Enumerable.Range(0, answers).Count(i => recent.Find(KeyOf(i)) is not null);
        Assert.InRange(found, 1, MostBytes / bytes);
        Assert.NotNull(recent.Find(KeyOf(answers - 1)));
        Assert.Null(recent.Find(KeyOf(0)));
    }

    [Fact]
    public void Answer_ThatWouldTakeHalfOfIt_IsLeftToTheStore()
    {
        var recent = new RecentAnswers(MostBytes, _time);
        recent.Add(KeyOf(1), AnswerOf(MostBytes / 2));
        Assert.Null(recent.Find(KeyOf(1)));
    }

    private static RequestHash KeyOf(int number) => RequestHash.Of([$"{number}"], default);

    private ClaimResult AnswerOf(int bytes) =>
        new(null, KeyOf(0), new KeptAnswer(KeptAnswerWriter.Write(_time.Now + TimeSpan.FromHours(1), 200, new HeaderDictionary(), failure: null, new byte[bytes])));

    private sealed class SteppingTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
