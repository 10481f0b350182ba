using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Sagas;

/// <summary>Checks what the types of <see cref="SagaExtension"/> cannot say. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know.</param>
internal sealed class SagaChecker(IReadOnlyCollection<string> settingsServices)
{
    private readonly CallChecker _calls = new(settingsServices);

    /// <summary>Reports what is wrong.</summary>
    public void Check(ApiDocument document, ApiOperation operation, SagaExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? operation.Node;
        string[] names = [.. extension.Steps.Select(step => step.Name)];
        CheckNames(extension, node, diagnostics);
        CheckPivot(extension, names, node, diagnostics);
        if (extension.Wait > extension.Timeout)
            diagnostics.Add(SagaDiagnostics.WaitBeyondTimeout, node.At("wait"), $"The client waits {extension.Wait}, the saga ends after {extension.Timeout}.", "Lower 'wait', or raise 'timeout'.");

        if (extension.RepeatFor <= extension.Timeout)
            diagnostics.Add(SagaDiagnostics.RepetitionWithinTimeout, node.At("repeatFor"), $"Calls are made again for {extension.RepeatFor}, and the saga goes forward for {extension.Timeout}.", "Raise 'repeatFor', or lower 'timeout'.");

        ExpressionScope scope = ExpressionScopes.Of(document, operation) with { AllSteps = names };
        for (int i = 0; i < extension.Steps.Count; i++)
        {
            SagaStep step = extension.Steps[i];
            CheckCall(document, step, step.Path, step.Input, scope with { Steps = names[..i] }, diagnostics);
            if (step.Compensate is { } undo)
                CheckCall(document, undo, undo.Path, undo.Input, scope with { Steps = names[..(i + 1)] }, diagnostics);
        }

        CheckResponse(extension.Response, scope with { Steps = names }, diagnostics);
        foreach (RequestFieldExpression field in KeptFields.Credentials(document, extension))
            diagnostics.Add(SagaDiagnostics.ReadsCredential, field.Node, $"The header field '{field.Name}' is a credential: what a saga reads is kept in the store.", "Use $claims, $tenant, or a key of the service's own in requestHeaders of x-gateway-backend.");
    }

    private static void CheckNames(SagaExtension extension, DocumentNode node, DiagnosticBag diagnostics)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SagaStep step in extension.Steps.Where(step => !names.Add(step.Name)))
            diagnostics.Add(SagaDiagnostics.DuplicateStep, (step.Node ?? node).At("name"), $"There are two steps named '{step.Name}'.", "Give each a name of its own.");
    }

    private static void CheckPivot(SagaExtension extension, string[] names, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (extension.Pivot is not { } pivot)
            return;
        int at = Array.IndexOf(names, pivot);
        if (at < 0)
        {
            string? closest = Suggestion.Closest(pivot, names);
            diagnostics.Add(SagaDiagnostics.UnknownPivot, node.At("pivot"), $"There is no step '{pivot}'.", closest is null ? $"The steps are {string.Join(", ", names)}." : $"Did you mean '{closest}'?");
            return;
        }

        // After the pivot the saga only goes forward, so nothing that comes then is ever undone. What undoes the pivot itself never runs either, but that only says what the pivot is.
        foreach (SagaStep step in extension.Steps.Skip(at + 1).Where(step => step.Compensate is not null))
            diagnostics.Add(SagaDiagnostics.UselessCompensation, (step.Node ?? node).At("compensate"), $"The step '{step.Name}' is never undone: the pivot '{pivot}' is reached by then.", "Remove 'compensate', or move the pivot.");
    }

    private void CheckCall(ApiDocument document, IServiceCall call, TargetTemplate path, ValueExpression? input, ExpressionScope scope, DiagnosticBag diagnostics)
    {
        _calls.Check(document, call, diagnostics);
        scope.Check(path, diagnostics);
        scope.Check(input, diagnostics);
    }

    private static void CheckResponse(SagaResponse? response, ExpressionScope scope, DiagnosticBag diagnostics)
    {
        if (response is null)
            return;
        scope.Check(response.Body, diagnostics);
        foreach (ValueExpression header in response.Headers.Values)
            scope.Check(header, diagnostics);
    }
}
