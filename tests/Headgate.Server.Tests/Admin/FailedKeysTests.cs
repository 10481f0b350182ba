using System.Net;
using Headgate.Server.Admin;

namespace Headgate.Server.Tests.Admin;

public class FailedKeysTests
{
    private static readonly IPAddress s_guesser = IPAddress.Parse("192.0.2.1");

    [Fact]
    public void Address_BeyondTheAllowedKeys_WaitsForTheEndOfTheMinute()
    {
        var time = new SettableTime();
        var failed = new FailedKeys(time);
        for (int i = 0; i < FailedKeys.Allowed; i++)
        {
            Assert.Null(failed.WaitOf(s_guesser));
            failed.Add(s_guesser);
        }

        time.Now += TimeSpan.FromSeconds(20);
        Assert.Equal(TimeSpan.FromSeconds(40), failed.WaitOf(s_guesser));
        Assert.Null(failed.WaitOf(IPAddress.Loopback));
        time.Now += TimeSpan.FromSeconds(40);
        Assert.Null(failed.WaitOf(s_guesser));
    }

    [Fact]
    public void Addresses_BeyondTheBound_AreCountedTogether()
    {
        var failed = new FailedKeys(new SettableTime());
        for (int i = 0; i < 1000 + FailedKeys.Allowed; i++)
            failed.Add(new IPAddress([10, 0, (byte)(i >> 8), (byte)i]));
        Assert.NotNull(failed.WaitOf(s_guesser));
        Assert.Null(failed.WaitOf(IPAddress.Parse("10.0.0.1")));
    }

    private sealed class SettableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
