using Headgate.Gateway.Calls;
using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.Integration.Idempotency;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>Compiles <c>x-gateway-saga</c>.</summary>
internal sealed class SagaHandlerCompiler(SagaRegistry sagas) : HandlerCompiler
{
    public override GatewayHandler? Compile(OperationScope scope)
    {
        if (scope.Operation.Extensions.Get<SagaExtension>() is not { } extension)
            return null;
        OperationScope values = scope with { KeepsBody = true };
        var steps = new List<SagaStepPlan>();
        var earlier = new List<EarlierCall>();
        foreach (SagaStep step in extension.Steps)
        {
            ServiceCall? call = ServiceCall.Compile(step, step.Method, step.Path, step.Input, step.CircuitBreaker, values with { Earlier = [.. earlier] });
            earlier.Add(new EarlierCall(step.Name, step.Path));
            SagaCompensation? compensation = step.Compensate is { Service: null } own ? own with { Service = step.Service } : step.Compensate;
            ServiceCall? undo = compensation is null ? null : ServiceCall.Compile(compensation, compensation.Method, compensation.Path, compensation.Input, step.CircuitBreaker, values with { Earlier = [.. earlier], UndoesLast = true });
            if (call is not null && (undo is null) == (compensation is null))
                steps.Add(new SagaStepPlan { Name = step.Name, Call = call, Undo = undo });
        }

        SagaResponsePlan? response = ResponseOf(extension, values with { Earlier = earlier });
        return steps.Count == extension.Steps.Count && (response is null) == (extension.Response is null)
            ? new SagaHandler(PlanOf(extension, [.. steps], response, scope), sagas)
            : new SagaHandler(PlanOf(extension, [], response, scope), sagas); // Reported: the document does not run.
    }

    private static SagaPlan PlanOf(SagaExtension extension, SagaStepPlan[] steps, SagaResponsePlan? response, OperationScope scope)
    {
        int pivot = extension.Pivot is { } name ? Array.FindIndex(steps, step => step.Name == name) : -1;
        TimeSpan timeout = extension.Timeout;
        return new SagaPlan
        {
            Api = scope.Api.Name,
            Operation = scope.Operation.Id,
            Steps = steps,
            Shape = new SagaShape([.. steps.Select(step => step.Undo is not null)], pivot < 0 ? steps.Length : pivot),
            Timeout = timeout,
            RepeatFor = extension.Repetition,
            Wait = extension.Wait?.Value ?? (timeout < SagaExtension.DefaultWait ? timeout : SagaExtension.DefaultWait),
            Response = response,
            KeptFields = KeptFields.Of(scope, extension),
            MapsErrors = scope.Config.Errors.Upstream == UpstreamErrors.Map,
            Idempotency = IdempotencyCompiler.PlanOf(scope),
            Definition = SagaDefinitionWriter.Write(scope),
            Declared = extension,
        };
    }

    private static SagaResponsePlan? ResponseOf(SagaExtension extension, OperationScope scope)
    {
        if (extension.Response is not { } response || RequestValue.Compile(response.Body, scope) is not { } body)
            return null;
        var headers = new List<KeyValuePair<string, RequestValue>>();
        foreach ((string name, ValueExpression value) in response.Headers)
        {
            if (RequestValue.Compile(value, scope) is { } compiled)
                headers.Add(new(name, compiled));
        }

        HashSet<string> read = [.. KeptFields.Flatten(response.Body).OfType<StepAnswerExpression>().Select(answer => answer.Step)];
        int[] reads = [.. Enumerable.Range(0, extension.Steps.Count).Where(step => read.Contains(extension.Steps[step].Name))];
        return headers.Count == response.Headers.Count ? new SagaResponsePlan(response.Status, headers, body, reads) : null;
    }
}
