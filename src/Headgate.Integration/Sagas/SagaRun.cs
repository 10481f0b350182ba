using Headgate.Gateway.Calls;
using Headgate.Gateway.Configuration;
using Headgate.Integration.Operations;
using Headgate.Integration.Sagas.Calls;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Sagas;

/// <summary>
/// Carries out what is left of one saga: makes the call that its progress asks for, keeps what came of it together with what comes next, and so on. One step, one write: after a crash the last call
/// is made again under its key. Not thread-safe.
/// </summary>
/// <param name="run">The operation.</param>
/// <param name="state">What is kept of the saga.</param>
/// <param name="services">What all sagas share.</param>
/// <param name="stopped">Cancelled when this process is to do no more of it.</param>
internal sealed class SagaRun(OperationRun run, SagaState state, SagaServices services, CancellationToken stopped)
{
    private readonly SagaChanges _changes = new(run, state, services);
    private BoundCalls? _calls;

    // Whether the call of the next move may have been made before. What was under way when the state was kept may have; what a fresh saga begins with has not.
    private bool _mayHaveArrived = !run.IsFresh;

    private SagaProgress Progress => state.Progress;

    private TimeSpan Left => run.Record.Deadline is { } deadline ? deadline - services.Time.GetUtcNow() : TimeSpan.MaxValue;

    private TimeSpan Age => services.Time.GetUtcNow() - run.Record.CreatedAt;

    /// <summary>Goes on until the saga has ended, or somebody has to look at it.</summary>
    public async Task RunAsync()
    {
        while (!run.Record.HasEnded)
        {
            SagaMove move = Progress.Next;
            if (move.Kind == SagaMoveKind.None)
            {
                await _changes.EndAsync(await BindAsync());
                return;
            }

            await (move.Kind == SagaMoveKind.Undo ? UndoAsync(move.Step) : CallAsync(move.Step));

            // On the way back a step is settled that may have been called; everything else is at its first call.
            _mayHaveArrived = Progress is { IsPastPivot: false, Next.Kind: SagaMoveKind.Settle };
        }
    }

    // The plan in force may change between two steps: the services are those of now, the saga that with which it began.
    private async ValueTask<BoundCalls> BindAsync()
    {
        BoundSaga saga = await services.Definitions.FindAsync(run.Record.Version, stopped);
        return _calls is { } known && ReferenceEquals(known.Saga, saga) ? known : _calls = new BoundCalls(saga, run.Record.Id, state, services.Time);
    }

    private async Task CallAsync(int step)
    {
        bool mayHaveArrived = _mayHaveArrived;
        for (int attempt = 1; ; attempt++)
        {
            // While nobody knows whether it happened, somebody may give it up; that it has to be settled first is then the next move.
            bool isOpen = Progress.Next.Kind == SagaMoveKind.Call;
            BoundCalls calls = await BindAsync();
            TimeSpan left = isOpen ? Left : TimeSpan.MaxValue;
            if (isOpen && Interruption(left) is { } cause)
            {
                await _changes.SendBackAsync(cause, mayHaveArrived);
                return;
            }

            SagaStepPlan plan = calls.Saga.Plan.Steps[step];
            if (mayHaveArrived && Age > calls.Saga.Plan.RepeatFor)
            {
                await _changes.TooLateAsync(calls.Saga.Plan, step, plan.Name, plan.Call);
                return;
            }

            ServiceAnswer answer = await services.TimedAsync(calls.Saga.Plan, plan.Name, attempt > 1 || _mayHaveArrived, calls.CallAsync(plan, undoes: false, left, stopped));
            StepOutcome outcome = StepJudgement.Of(answer, mayHaveArrived);
            mayHaveArrived |= outcome == StepOutcome.Unknown;
            if (outcome is StepOutcome.Done or StepOutcome.Refused || answer.IsImpossible || (isOpen && outcome == StepOutcome.NotCalled && attempt >= (plan.Call.Retry?.Attempts ?? 1)))
            {
                await _changes.StepEndedAsync(calls, step, outcome, answer);
                return;
            }

            RetrySettings patient = plan.Call.Retry ?? CallRepetition.Patient;
            if (!isOpen && attempt >= patient.Attempts)
            {
                await _changes.NeedsAttentionAsync(step, $"The service {plan.Call.Service} does not say whether '{plan.Name}' was done: {StepJudgement.Describe(answer)}");
                return;
            }

            await PauseAsync(isOpen ? CallRepetition.Soon(plan.Call, attempt, answer) : CallRepetition.Patiently(patient, attempt, answer), isOpen);
        }
    }

    private async Task UndoAsync(int step)
    {
        for (int attempt = 1; ; attempt++)
        {
            BoundCalls calls = await BindAsync();
            SagaStepPlan plan = calls.Saga.Plan.Steps[step];
            bool mayHaveArrived = attempt > 1 || _mayHaveArrived;
            if (mayHaveArrived && Age > calls.Saga.Plan.RepeatFor)
            {
                await _changes.TooLateAsync(calls.Saga.Plan, step, $"{plan.Name}/undo", plan.Undo!);
                return;
            }

            ServiceAnswer answer = await services.TimedAsync(calls.Saga.Plan, $"{plan.Name}/undo", mayHaveArrived, calls.CallAsync(plan, undoes: true, TimeSpan.MaxValue, stopped));
            StepOutcome outcome = StepJudgement.Of(answer, mayHaveArrived: true);
            if (outcome == StepOutcome.Done)
            {
                await _changes.StepUndoneAsync(calls, step, answer);
                return;
            }

            RetrySettings patient = plan.Undo!.Retry ?? CallRepetition.Patient;
            if (outcome == StepOutcome.Refused || answer.IsImpossible || attempt >= patient.Attempts)
            {
                await _changes.NeedsAttentionAsync(step, $"The step '{plan.Name}' was done and could not be undone by {plan.Undo}: {StepJudgement.Describe(answer)}");
                return;
            }

            await PauseAsync(CallRepetition.Patiently(patient, attempt, answer), isOpen: false);
        }
    }

    private SagaCauseKind? Interruption(TimeSpan left) =>
        run.CancelRequested.IsCancellationRequested ? SagaCauseKind.Cancelled : left <= TimeSpan.Zero ? SagaCauseKind.TimedOut : null;

    // A pause before a call that may still be given up ends when somebody gives it up, or its time is over.
    private async Task PauseAsync(TimeSpan wait, bool isOpen)
    {
        TimeSpan most = isOpen && Left < wait ? Left : wait;
        if (most <= TimeSpan.Zero)
            return;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopped, isOpen ? run.CancelRequested : CancellationToken.None);
        await Task.Delay(most, services.Time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopped.ThrowIfCancellationRequested();
    }
}
