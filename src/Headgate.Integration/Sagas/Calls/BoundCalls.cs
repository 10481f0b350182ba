using System.Diagnostics;
using Headgate.Gateway.Calls;
using Headgate.Gateway.Pipeline;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Sagas.Calls;

/// <summary>Makes the calls of one saga by one version of its definition. Not thread-safe.</summary>
internal sealed class BoundCalls
{
    private readonly ServiceCaller _caller;
    private readonly SagaState _state;
    private readonly string _id;

    /// <param name="saga">The saga's definition.</param>
    /// <param name="id">The id of the operation: the first part of all idempotency keys.</param>
    /// <param name="state">What values are read of.</param>
    /// <param name="time">The clock.</param>
    public BoundCalls(BoundSaga saga, string id, SagaState state, TimeProvider time)
    {
        (Saga, _id, _state) = (saga, id, state);
        Context = state.Client.ToContext(saga.Gateway, saga.Operation, state, time);
        _caller = new ServiceCaller(Context, state.Client.Body);
    }

    /// <summary>By which definition.</summary>
    public BoundSaga Saga { get; }

    /// <summary>The client's request, as far as it is kept.</summary>
    public GatewayContext Context { get; }

    /// <summary>Calls a step, or what undoes it. The key says neither how often nor by whom: the service does it once.</summary>
    public async Task<ServiceAnswer> CallAsync(SagaStepPlan step, bool undoes, TimeSpan within, CancellationToken stopped)
    {
        ServiceCall call = undoes ? step.Undo! : step.Call;
        string name = undoes ? $"{step.Name}/undo" : step.Name;
        using Activity? span = CallSpan.Begin(Context, _state.Client.Trace, $"{Saga.Plan.Operation} {name}");
        ServiceAnswer answer = await _caller.CallAsync(call, $"{_id}/{name}", SagaBounds.MostAnswerBytes, within, stopped);
        if (span is null)
            return answer;
        span.SetTag("headgate.operation.id", _id).SetTag("headgate.saga.step", name).SetTag("http.request.method", call.Method).SetTag("peer.service", call.Service);
        if (answer.Failure is { } failure)
            span.SetTag("error.type", failure.Kind.Name).SetStatus(ActivityStatusCode.Error);
        else
            span.SetTag("http.response.status_code", answer.Status);
        return answer;
    }
}
