using FsCheck;
using FsCheck.Fluent;
using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>Where a saga goes, without anybody to call.</summary>
public class SagaProgressTests
{
    private static readonly SagaShape s_three = new([false, true, true], Pivot: 3);

    [Fact]
    public void Steps_ThatAreDone_FollowEachOther()
    {
        var progress = new SagaProgress(s_three);
        var moves = new List<SagaMove>();
        for (SagaMove move = progress.Next; move.Kind != SagaMoveKind.None; move = progress.Next)
        {
            moves.Add(move);
            Assert.True(progress.StepEnded(StepOutcome.Done));
        }

        Assert.Equal([new(SagaMoveKind.Call, 0), new(SagaMoveKind.Call, 1), new(SagaMoveKind.Call, 2)], moves);
        Assert.Equal(SagaPhase.Succeeded, progress.Phase);
    }

    [Fact]
    public void StepThatIsRefused_HasWhatIsDoneUndone_LastFirst()
    {
        var progress = new SagaProgress(new SagaShape([true, false, true, true], Pivot: 4));
        for (int i = 0; i < 3; i++)
            progress.StepEnded(StepOutcome.Done);
        progress.StepEnded(StepOutcome.Refused);
        var undone = new List<int>();
        for (; progress.Next.Kind == SagaMoveKind.Undo; progress.StepUndone())
            undone.Add(progress.Next.Step);

        Assert.Equal([2, 0], undone);
        Assert.Equal((SagaPhase.Undone, SagaCauseKind.Refused, 3), (progress.Phase, progress.Cause, progress.FailedStep));
        Assert.Equal([StepState.Undone, StepState.Done, StepState.Undone, StepState.NotDone], progress.Steps);
    }

    [Theory]
    [InlineData((int)StepOutcome.Done, SagaMoveKind.Undo, 1)]
    [InlineData((int)StepOutcome.Refused, SagaMoveKind.None, 0)]
    public void StepOfWhichNobodyKnows_IsSettled_BeforeAnythingIsUndone(int outcome, object kind, int step)
    {
        var progress = new SagaProgress(s_three);
        progress.StepEnded(StepOutcome.Done);
        progress.SendBack(SagaCauseKind.TimedOut, isCalled: true);
        SagaMove settles = progress.Next;
        progress.StepEnded((StepOutcome)outcome);

        Assert.Equal(new SagaMove(SagaMoveKind.Settle, 1), settles);
        Assert.Equal(new SagaMove((SagaMoveKind)kind, step), progress.Next);
    }

    [Fact]
    public void StepThatNobodyWasCalledFor_IsNotSettled()
    {
        var progress = new SagaProgress(s_three);
        progress.StepEnded(StepOutcome.Done);
        progress.SendBack(SagaCauseKind.Cancelled, isCalled: false);

        Assert.Equal((SagaPhase.Undone, StepState.NotDone), (progress.Phase, progress.Steps[1]));
    }

    [Fact]
    public void Pivot_ThatTurnsOutToHaveHappened_TurnsTheSagaRound()
    {
        var progress = new SagaProgress(new SagaShape([true, false, false], Pivot: 1));
        progress.StepEnded(StepOutcome.Done);
        progress.SendBack(SagaCauseKind.TimedOut, isCalled: true);
        progress.StepEnded(StepOutcome.Done);

        Assert.Equal((SagaPhase.Forward, SagaCauseKind.None, new SagaMove(SagaMoveKind.Settle, 2)), (progress.Phase, progress.Cause, progress.Next));
        Assert.False(progress.CanGoBack);
        Assert.False(progress.StepEnded(StepOutcome.Refused));
        Assert.Equal(new SagaMove(SagaMoveKind.Settle, 2), progress.Next);
    }

    /// <summary>Crashes at any point, calls and answers that are lost, refusals, cancellations, timeouts, in any order.</summary>
    [Fact]
    public void Saga_WhateverHappens_EndsWithAllOrNothing_OrAsksForAPerson()
    {
        Gen<(SagaShape, int[])> worlds =
            from count in Gen.Choose(1, 6)
            from canUndo in Gen.Elements(true, true, true, false).ArrayOf(count)
            from pivot in Gen.Choose(0, count)
            from turns in Gen.Frequency((6, Gen.Constant(0)), (10, Gen.Choose(1, 9))).ArrayOf(40)
            select (new SagaShape(canUndo, pivot), turns);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(worlds.ToArbitrary(), world => Holds(world.Item1, world.Item2)));
    }

    private static void Holds(SagaShape shape, int[] turns)
    {
        var world = new SagaWorld(shape, turns);
        (SagaProgress progress, bool needsAttention) = world.Run();

        Assert.Empty(world.Faults);
        Assert.Equal(world.Undone.OrderDescending(), world.Undone);
        if (needsAttention)
        {
            // A person who has it tried again comes to an end, once services answer.
            Assert.NotEqual(SagaMoveKind.None, progress.Next.Kind);
            return;
        }

        for (int step = 0; step < shape.Count; step++)
        {
            bool isToBe = progress.Phase == SagaPhase.Succeeded || (world.Happened(step) && !shape.CanUndo[step]);
            Assert.Equal(isToBe, world.IsInForce(step));
        }

        Assert.True(progress.Phase == SagaPhase.Succeeded || shape.Pivot == shape.Count || !world.Happened(shape.Pivot));
    }
}
