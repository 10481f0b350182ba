using System.Globalization;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Errors;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Calls;
using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;
using Headgate.OpenApi.Values;
using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Sagas;

/// <summary>Takes note of what happened in a saga and keeps it: state, operation and event in one command. Not thread-safe.</summary>
internal sealed class SagaChanges(OperationRun run, SagaState state, SagaServices services)
{
    private const int Whole = 100;

    private SagaProgress Progress => state.Progress;

    /// <summary>The step that was called has an end.</summary>
    public Task StepEndedAsync(BoundCalls calls, int step, StepOutcome outcome, ServiceAnswer answer)
    {
        SagaPlan plan = calls.Saga.Plan;
        string name = plan.Steps[step].Name;
        state.Take(step, Kept(answer));
        SagaLog.StepEnded(services.Logger, run.Record.Id, name, outcome, answer.Status);
        bool wasForward = Progress.Phase == SagaPhase.Forward;
        if (!Progress.StepEnded(outcome))
            return NeedsAttentionAsync(step, $"After the pivot '{plan.Steps[plan.Shape.Pivot].Name}' nothing is undone, and '{name}' was not done: {StepJudgement.Describe(answer)}");
        if (wasForward && Progress.Phase is SagaPhase.Back or SagaPhase.Undone)
            state.Failure = FailureOf(plan, step, answer);
        else if (Progress.Phase == SagaPhase.Forward)
            state.Failure = null; // What it went back for is void when its pivot turns out to have happened.
        return SaveAsync(calls, name, outcome == StepOutcome.Done ? "done" : outcome == StepOutcome.Refused ? "refused" : "not_called", answer);
    }

    /// <summary>The step that was to be undone is.</summary>
    public Task StepUndoneAsync(BoundCalls calls, int step, ServiceAnswer answer)
    {
        Progress.StepUndone();
        string name = calls.Saga.Plan.Steps[step].Name;
        SagaLog.StepUndone(services.Logger, run.Record.Id, name, answer.Status);
        return SaveAsync(calls, name, "undone", answer);
    }

    /// <summary>The saga is given up on its way.</summary>
    public Task SendBackAsync(SagaCauseKind cause, bool isCalled)
    {
        Progress.SendBack(cause, isCalled);
        bool isCancelled = cause == SagaCauseKind.Cancelled;
        state.Failure = SagaFailure.Of(isCancelled
            ? new GatewayFailure(SagaErrors.Cancelled, "It was cancelled.")
            : new GatewayFailure(SagaErrors.TimedOut, "The steps took longer than they may together."));
        SagaLog.SentBack(services.Logger, run.Record.Id, run.Record.Name, isCancelled ? "it was cancelled" : "its time is over");
        return run.SaveAsync(new OperationChange { Data = SagaStateFormat.Write(state), Message = isCancelled ? "Cancelled: what is done is undone." : "Out of time: what is done is undone.", Facts = [new("outcome", isCancelled ? "cancelled" : "timed_out")] }, CancellationToken.None);
    }

    /// <summary>A call that may have been made before would be made again after services may have forgotten its key: what it does could then be done twice.</summary>
    public Task TooLateAsync(SagaPlan plan, int step, string name, ServiceCall call) => NeedsAttentionAsync(
        step, $"The saga began longer than {new Duration(plan.RepeatFor)} ago, for which services remember what they did. Whether '{name}' was done ({call}) has to be looked up there.");

    /// <summary>Nobody but a person can go on.</summary>
    public async Task NeedsAttentionAsync(int step, string reason)
    {
        SagaLog.NeedsAttention(services.Logger, run.Record.Id, run.Record.Name, reason);
        OperationError error = state.Failure is { } failure ? new OperationError(failure.Kind.Code, failure.Detail) : new OperationError(ErrorCatalogue.UpstreamError.Code, reason);
        await run.SaveAsync(new OperationChange { End = OperationState.Failed, Attention = reason, Error = error, Data = SagaStateFormat.Write(state), Facts = [new("step_number", Text(step + 1))] }, CancellationToken.None);
        services.Meter.Ended(run.Record.Api, run.Record.Name, "needs_attention");
    }

    /// <summary>It has ended without a call: when it is run again after its end was decided.</summary>
    public Task EndAsync(BoundCalls calls) => SaveAsync(calls, null, null, null);

    private async Task SaveAsync(BoundCalls calls, string? step, string? outcome, ServiceAnswer? answer)
    {
        List<KeyValuePair<string, string>> facts = [];
        if (step is not null)
            facts.AddRange([new("step", step), new("outcome", outcome!)]);
        if (answer is { Status: > 0 and var status })
            facts.Add(new("step_status", Text(status)));
        OperationChange change = ChangeOf(calls) with { Facts = facts };
        await run.SaveAsync(change, CancellationToken.None);
        if (change.End is not { } end)
            return;
        services.Meter.Ended(run.Record.Api, run.Record.Name, end.ToName());
        SagaLog.Ended(services.Logger, run.Record.Id, run.Record.Name, end, state.Failure?.Detail ?? "all steps are done");
    }

    private OperationChange ChangeOf(BoundCalls calls)
    {
        SagaPlan plan = calls.Saga.Plan;
        if (Progress.Phase == SagaPhase.Succeeded)
        {
            OperationResult? result = services.Answers.ResultOf(calls, state);
            OperationError? untold = state.Failure is { } lost ? new OperationError(lost.Kind.Code, lost.Detail) : null;
            return new OperationChange { End = OperationState.Succeeded, Result = result, Error = untold, Data = SagaStateFormat.Write(state.AtItsEnd()), Message = "All steps are done." };
        }

        if (Progress.Phase == SagaPhase.Undone)
        {
            SagaFailure failure = state.Failure!;
            OperationState end = Progress.Cause == SagaCauseKind.Cancelled ? OperationState.Cancelled : OperationState.Failed;
            return new OperationChange { End = end, Error = new OperationError(failure.Kind.Code, failure.Detail), Data = SagaStateFormat.Write(state.AtItsEnd()), Message = "What was done is undone." };
        }

        SagaMove next = Progress.Next;
        string name = plan.Steps[next.Step].Name;
        return new OperationChange
        {
            Data = SagaStateFormat.Write(state),
            Stage = next.Kind == SagaMoveKind.Undo ? $"{name}/undo" : name,
            Progress = Progress.Steps.Count(step => step == StepState.Done) * Whole / plan.Steps.Length,
            Message = next.Kind == SagaMoveKind.Undo ? $"Undoes {name}." : $"Does {name}.",
        };
    }

    private StepAnswer Kept(ServiceAnswer answer)
    {
        bool isResult = answer.Status is >= 200 and < 300;
        bool hasJson = isResult && answer.IsJson;
        bool fits = state.AnswerBytes + answer.Body.Length <= SagaBounds.MostAnswersBytes;
        return new StepAnswer(
            answer.Status, hasJson && fits ? answer.Body.ToArray() : default, StepAnswer.LocationOf(answer.Status, answer.Location), (isResult && answer.IsBodyLost) || (hasJson && !fits));
    }

    private static SagaFailure FailureOf(SagaPlan plan, int step, ServiceAnswer answer)
    {
        string service = plan.Steps[step].Call.Service;
        if (answer.Failure is { } failure)
            return SagaFailure.Of(failure);
        int seconds = answer.RetryAfter is { } wait ? (int)Math.Min(Math.Ceiling(wait.TotalSeconds), int.MaxValue) : 0;
        GatewayFailure told = ServiceAnswer.FailureOf(service, answer.Status, answer.IsJson ? answer.Body.Span : default);

        // A redirect of a service is no answer for a client: it leads to the service. Nor is that credentials are wrong (RFC 9110 §15.5.2), which are Headgate's. Nor is an answer without the body that it had.
        bool isForClient = answer.Status is >= StatusCodes.Status400BadRequest and not (StatusCodes.Status401Unauthorized or StatusCodes.Status407ProxyAuthenticationRequired);
        bool isAnswer = !plan.MapsErrors && isForClient && !answer.IsBodyLost;
        return SagaFailure.Of(!isForClient ? told with { Kind = told.Kind with { Status = 502 } } : told) with
        {
            RetryAfterSeconds = seconds,
            IsAnswer = isAnswer,
            MediaType = isAnswer ? answer.MediaType : null,
            Body = isAnswer ? answer.Body.ToArray() : default,
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
