using Headgate.Gateway.Calls;
using Headgate.Gateway.Errors;
using Headgate.Integration.Sagas.Calls;
using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>What answers mean for a step: the table of the reference page.</summary>
public sealed class StepJudgementTests
{
    [Theory]
    [InlineData(200, false, (int)StepOutcome.Done)]
    [InlineData(204, false, (int)StepOutcome.Done)]
    [InlineData(299, true, (int)StepOutcome.Done)]
    [InlineData(300, false, (int)StepOutcome.Refused)]
    [InlineData(304, false, (int)StepOutcome.Refused)]
    [InlineData(400, false, (int)StepOutcome.Refused)]
    [InlineData(499, true, (int)StepOutcome.Refused)]
    [InlineData(408, false, (int)StepOutcome.Unknown)]
    [InlineData(425, false, (int)StepOutcome.NotCalled)]
    [InlineData(429, false, (int)StepOutcome.NotCalled)]
    [InlineData(429, true, (int)StepOutcome.Unknown)]
    [InlineData(500, false, (int)StepOutcome.Unknown)]
    [InlineData(599, true, (int)StepOutcome.Unknown)]
    public void Answer_MeansByItsStatus(int status, bool mayHaveArrived, int outcome) =>
        Assert.Equal((StepOutcome)outcome, StepJudgement.Of(new ServiceAnswer { Status = status, MayHaveArrived = true }, mayHaveArrived));

    [Theory]
    [InlineData(null, (int)StepOutcome.Refused)]
    [InlineData(0, (int)StepOutcome.Unknown)]
    [InlineData(5, (int)StepOutcome.Unknown)]
    public void Conflict_WithATimeToComeAgain_IsTheSameCallUnderWay(int? seconds, int outcome) => Assert.Equal(
        (StepOutcome)outcome, StepJudgement.Of(new ServiceAnswer { Status = 409, MayHaveArrived = true, RetryAfter = seconds is { } wait ? TimeSpan.FromSeconds(wait) : null }, mayHaveArrived: false));

    [Theory]
    [InlineData(true, false, (int)StepOutcome.Unknown)]
    [InlineData(false, false, (int)StepOutcome.NotCalled)]
    [InlineData(false, true, (int)StepOutcome.Unknown)]
    public void CallWithoutAnAnswer_DidNotHappen_OnlyWhereNoneMayHaveArrived(bool arrives, bool arrivedBefore, int outcome) =>
        Assert.Equal((StepOutcome)outcome, StepJudgement.Of(new ServiceAnswer { Failure = s_failure, MayHaveArrived = arrives }, arrivedBefore));

    // A process that goes on with a saga does not know whether the call before it arrived: one that cannot be made never did.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CallThatCannotBeMade_NeverWas(bool arrivedBefore) =>
        Assert.Equal(StepOutcome.NotCalled, StepJudgement.Of(new ServiceAnswer { Failure = s_failure, MayHaveArrived = false, IsImpossible = true }, arrivedBefore));

    private static readonly GatewayFailure s_failure = new(ErrorCatalogue.UpstreamConnectFailed, "It could not be reached.");
}
