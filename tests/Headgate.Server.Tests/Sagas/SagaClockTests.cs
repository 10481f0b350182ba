using System.Diagnostics;
using System.Reflection;
using Headgate.Integration.Operations;

namespace Headgate.Server.Tests.Sagas;

/// <summary>Sagas whose time ends between any two looks at the clock.</summary>
public class SagaClockTests
{
    private const string Steps = """
              x-gateway-saga:
                timeout: 10s
                steps:
                  - { name: one, service: product-service, path: /one, compensate: /undo-one }
                  - { name: two, service: inventory-service, path: /two, compensate: /undo-two }
                  - { name: three, service: order-service, path: /three }
        """;

    // Who looks twice, once to see that there is time left and once to say how much, could say less than none.
    [Theory]
    [InlineData(1, 504, "one, one/undo")]
    [InlineData(2, 504, "one, two, two/undo, one/undo")]
    [InlineData(3, 200, "one, two, three")]
    public async Task Time_ThatEndsWhenTheSagaLooks_IsSeenOnceForEachStep(int look, int status, string done)
    {
        var time = new JumpingTime();
        await using SagaGateway gateway = await SagaGateway.StartAsync(Steps, time);
        gateway.Services.Before = (call, _) =>
        {
            if (call.Step == "one")
                time.JumpAtLook(look);
            return Task.FromResult(true);
        };

        SagaReplyShown reply = await gateway.PostAsync();

        await gateway.IsAsync(status == 200 ? OperationState.Succeeded : OperationState.Failed);
        OperationRecord record = await gateway.FindAsync();
        Assert.Equal((status, done, 0), (reply.Status, string.Join(", ", gateway.Services.Calls.Select(call => call.Step)), record.Failures));
    }

    /// <summary>The system's clock, which jumps over the timeout of a saga, and over no lease, when the saga's own code looks at it for the how manieth time.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private static readonly TimeSpan s_jump = TimeSpan.FromSeconds(11);

        private int _looksLeft;
        private long _ahead;

        public void JumpAtLook(int look) => Volatile.Write(ref _looksLeft, look);

        public override DateTimeOffset GetUtcNow()
        {
            if (Volatile.Read(ref _looksLeft) > 0 && IsSaga(new StackFrame(1).GetMethod()) && Interlocked.Decrement(ref _looksLeft) == 0)
                Volatile.Write(ref _ahead, s_jump.Ticks);
            return base.GetUtcNow() + new TimeSpan(Volatile.Read(ref _ahead));
        }

        private static bool IsSaga(MethodBase? method) => method?.DeclaringType?.FullName?.Contains("Sagas.SagaRun", StringComparison.Ordinal) == true;
    }
}
