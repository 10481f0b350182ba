using FsCheck;
using FsCheck.Fluent;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Forwarding.CircuitBreaker;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.OpenApi.Values;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Gateway.Tests.Forwarding.CircuitBreaker;

/// <summary>A circuit breaker, on a clock that the test moves.</summary>
public class BreakerStateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Failures_InARow_OpenIt_AndNotOneLess()
    {
        BreakerState breaker = Breaker();
        Fail(breaker, 4);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
        Fail(breaker, 1);
        Assert.Equal(BreakerPhase.Open, breaker.Phase);
        Assert.False(breaker.TryEnter(_time, out _));
        Assert.Equal((1L, TimeSpan.FromSeconds(60)), (breaker.Refused, breaker.Foresee(_time)));
    }

    [Fact]
    public void Success_InBetween_BeginsTheCountAnew()
    {
        BreakerState breaker = Breaker();
        for (int i = 0; i < 20; i++)
        {
            Fail(breaker, 4);
            Call(breaker, CallOutcome.Success);
        }

        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void WhatSaysNothing_IsNeitherFailureNorSuccess()
    {
        BreakerState breaker = Breaker();
        Fail(breaker, 4);
        Call(breaker, CallOutcome.Neither);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
        Fail(breaker, 1);
        Assert.Equal(BreakerPhase.Open, breaker.Phase);
    }

    [Fact]
    public void AfterItsTime_TwoSuccesses_CloseIt()
    {
        BreakerState breaker = Opened();
        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.False(breaker.TryEnter(_time, out _));
        _time.Advance(TimeSpan.FromTicks(1));

        Call(breaker, CallOutcome.Success);
        Assert.Equal(BreakerPhase.HalfOpen, breaker.Phase);
        Call(breaker, CallOutcome.Success);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
        Fail(breaker, 4);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void HalfOpen_LetsAsManyTry_AsSuccessesAreWanted()
    {
        BreakerState breaker = Opened();
        _time.Advance(TimeSpan.FromSeconds(60));
        int[] probes = [.. Enumerable.Range(0, 10).Where(_ => breaker.TryEnter(_time, out _))];
        Assert.Equal(2, probes.Length);
        Assert.Equal(TimeSpan.FromSeconds(1), breaker.Foresee(_time));
    }

    [Fact]
    public void HalfOpen_OneFailure_OpensItForTheWholeTimeAgain()
    {
        BreakerState breaker = Opened();
        _time.Advance(TimeSpan.FromSeconds(60));
        Call(breaker, CallOutcome.Success);
        Call(breaker, CallOutcome.Failure);
        Assert.Equal((BreakerPhase.Open, TimeSpan.FromSeconds(60)), (breaker.Phase, breaker.Foresee(_time)));
    }

    [Fact]
    public void Probe_WhoseClientLeaves_GivesItsPlaceBack()
    {
        BreakerState breaker = Opened();
        _time.Advance(TimeSpan.FromSeconds(60));
        for (int i = 0; i < 50; i++)
            Call(breaker, CallOutcome.Neither);
        Assert.Equal(BreakerPhase.HalfOpen, breaker.Phase);
        Call(breaker, CallOutcome.Success);
        Call(breaker, CallOutcome.Success);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void CallsFromBefore_SayNothingOfTheTimeAfter()
    {
        BreakerState breaker = Breaker();
        Assert.True(breaker.TryEnter(_time, out int late));
        Fail(breaker, 5);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(breaker.TryEnter(_time, out int probe));
        breaker.Report(late, CallOutcome.Failure, _time);
        breaker.Report(late, CallOutcome.Success, _time);
        Assert.Equal(BreakerPhase.HalfOpen, breaker.Phase);
        breaker.Report(probe, CallOutcome.Success, _time);
        Call(breaker, CallOutcome.Success);
        Assert.Equal(BreakerPhase.Closed, breaker.Phase);
    }

    [Fact]
    public void Changes_AreRemembered_TheLatestOnly()
    {
        BreakerState breaker = Opened();
        for (int i = 0; i < BreakerState.MostChanges; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(60));
            Call(breaker, CallOutcome.Failure);
        }

        BreakerChange[] changes = breaker.ReadChanges();
        Assert.Equal(BreakerState.MostChanges, changes.Length);
        Assert.Equal(new BreakerChange(_time.GetUtcNow(), BreakerPhase.Open), changes[^1]);
        Assert.Equal(BreakerPhase.HalfOpen, changes[0].To);
        Assert.Equal((33L, 32L, 0L), (breaker.ChangesTo(BreakerPhase.Open), breaker.ChangesTo(BreakerPhase.HalfOpen), breaker.ChangesTo(BreakerPhase.Closed)));
    }

    [Fact]
    public void Changes_AreTold_EachOnce()
    {
        var logger = new RecordingLogger<BreakerState>();
        BreakerState breaker = Breaker(logger: logger);
        Fail(breaker, 5);
        for (int i = 0; i < 100; i++)
            Assert.False(breaker.TryEnter(_time, out _));
        _time.Advance(TimeSpan.FromSeconds(60));
        Call(breaker, CallOutcome.Failure);
        _time.Advance(TimeSpan.FromSeconds(60));
        Call(breaker, CallOutcome.Success);
        Call(breaker, CallOutcome.Success);
        Assert.Equal(["opened after 5", "lets 2 calls", "opened again", "lets 2 calls", "closed"], logger.Messages.Select(message => Word(message)));
    }

    // Against a model that is as plain as the rule: whatever is reported, phase and admission are those of the model.
    [Fact]
    public void Any_SequenceOfCalls_IsAsTheRuleSays()
    {
        Gen<int[]> steps = Gen.Choose(0, 4).ArrayOf(200);
        Prop.ForAll(steps.ToArbitrary(), FollowsTheRule).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task ManyThreads_AtOnce_NeverGetMoreProbesThanWanted()
    {
        BreakerState breaker = Opened();
        _time.Advance(TimeSpan.FromSeconds(60));
        int passed = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 1_000; i++)
                Interlocked.Add(ref passed, breaker.TryEnter(_time, out int _) ? 1 : 0);
        })));
        Assert.Equal(2, passed);
    }

    private static bool FollowsTheRule(int[] steps)
    {
        var time = new ManualTime();
        BreakerState breaker = new(new BreakerIdentity("s", "a", null, new CircuitBreakerSettings { Failures = 3, OpenFor = Duration.FromSeconds(10) }), NullLogger.Instance);
        (int failures, int successes, int openFor) = (0, 0, 0);
        bool isOpen = false;
        foreach (int step in steps)
        {
            if (step >= 3)
            {
                time.Advance(TimeSpan.FromSeconds(step));
                openFor = Math.Max(0, openFor - step);
                continue;
            }

            bool mayPass = !isOpen || openFor == 0;
            if (breaker.TryEnter(time, out int epoch) != mayPass)
                return false;
            if (!mayPass)
                continue;
            breaker.Report(epoch, (CallOutcome)step, time);
            failures = step == (int)CallOutcome.Failure ? failures + 1 : step == (int)CallOutcome.Success ? 0 : failures;
            successes = step == (int)CallOutcome.Success ? successes + 1 : successes;
            if (step == (int)CallOutcome.Failure && (isOpen || failures == 3))
                (isOpen, openFor, failures, successes) = (true, 10, 0, 0);
            else if (isOpen && successes == 2)
                (isOpen, failures, successes) = (false, 0, 0);
            if (!isOpen)
                successes = 0;
        }

        return (breaker.Phase != BreakerPhase.Closed) == isOpen;
    }

    private static string Word(string message) =>
        new[] { "opened after 5", "opened again", "lets 2 calls", "closed" }.Single(word => message.Contains(word, StringComparison.Ordinal));

    private static BreakerState Breaker(Microsoft.Extensions.Logging.ILogger? logger = null) =>
        new(new BreakerIdentity("orders", "http://127.0.0.1:1/", null, new CircuitBreakerSettings()), logger ?? NullLogger.Instance);

    private BreakerState Opened()
    {
        BreakerState breaker = Breaker();
        Fail(breaker, 5);
        return breaker;
    }

    private void Fail(BreakerState breaker, int times)
    {
        for (int i = 0; i < times; i++)
            Call(breaker, CallOutcome.Failure);
    }

    private void Call(BreakerState breaker, CallOutcome outcome)
    {
        Assert.True(breaker.TryEnter(_time, out int epoch));
        breaker.Report(epoch, outcome, _time);
    }
}
