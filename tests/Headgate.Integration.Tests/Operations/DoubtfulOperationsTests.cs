using Headgate.Integration.Operations;

namespace Headgate.Integration.Tests.Operations;

public class DoubtfulOperationsTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UnixEpoch;
    private static readonly Orphan s_first = new("first", "test", "me");
    private static readonly Orphan s_second = new("second", "test", "me");

    [Fact]
    public void Operation_ThatTheStoreHasNot_IsAskedForAgain_AsLongAsAServerMayStillBeAtItsCommit()
    {
        var doubts = new DoubtfulOperations();
        doubts.Add(s_now, s_first);

        doubts.Settle([s_first], [], s_now + DoubtfulOperations.LongestCommit);
        Assert.Equal([s_first], doubts.All);

        doubts.Settle([s_first], [], s_now + DoubtfulOperations.LongestCommit + TimeSpan.FromMilliseconds(1));
        Assert.Empty(doubts.All);
    }

    [Fact]
    public void Operation_ThatIsGoneOnWith_IsInDoubtNoMore_AndThoseThatNobodyAskedForStay()
    {
        var doubts = new DoubtfulOperations();
        doubts.Add(s_now, s_first, s_second);

        doubts.Settle([s_first], ["first"], s_now + (2 * DoubtfulOperations.LongestCommit));

        Assert.Equal([s_second], doubts.All);
    }
}
