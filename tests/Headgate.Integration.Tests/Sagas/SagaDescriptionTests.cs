using Headgate.Gateway.Calls;
using Headgate.Integration.Sagas;
using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Tests.Sagas;

public sealed class SagaDescriptionTests
{
    [Theory]
    [InlineData(0, "step 2: being called, may have happened")]
    [InlineData(409, "step 2: called, and refused, answered 409")]
    [InlineData(503, "step 2: being called, may have happened, answered 503")]
    public void StepAfterThePivot_ThatIsNotDone_IsToldByItsLastAnswer(int status, string line)
    {
        var progress = new SagaProgress(new SagaShape([false, false], Pivot: 0), SagaPhase.Forward, [StepState.Done, StepState.Calling], SagaCauseKind.None, failed: -1);

        IReadOnlyList<string> lines = SagaDescription.Of(new SagaState(Nobody, isJson: false, progress, [new StepAnswer(200, default), new StepAnswer(status, default)]), plan: null);

        Assert.Equal(["step 1: done, answered 200", line], lines);
    }

    private static ClientSnapshot Nobody => new()
    {
        Path = "/orders",
        Query = "",
        PathSlices = [],
        Fields = [],
        Body = default,
        RequestId = "r",
        CorrelationId = null,
        Trace = default,
        Tenant = null,
        User = null,
        ApiKey = null,
        Claims = [],
    };
}
