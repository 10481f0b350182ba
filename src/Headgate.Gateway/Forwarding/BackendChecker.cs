using Headgate.Gateway.Configuration;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.HeaderTransforms;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding;

/// <summary>
/// Checks what the types of <see cref="BackendExtension"/> cannot say. It looks at one level (operation, path or document) alone, so that
/// a mistake of an outer level is reported once. Stateless, thread-safe.
/// </summary>
/// <param name="settingsServices">The names of the services that the instance's settings know.</param>
internal sealed class BackendChecker(IReadOnlyCollection<string> settingsServices)
{
    private readonly CallChecker _calls = new(settingsServices);

    /// <summary>Reports what is wrong with a level's settings, seen from an operation to which they apply.</summary>
    public void Check(ApiDocument document, ApiOperation operation, BackendExtension extension, DiagnosticBag diagnostics)
    {
        CheckCall(document, extension, diagnostics);
        ExpressionScope scope = ExpressionScopes.Of(document, operation);
        scope.Check(extension.Path, diagnostics);
        scope.Check(extension.Fallback?.Body, diagnostics);
    }

    /// <summary>Reports what is wrong with a level's settings whatever the operation: service, timeout, retries, fallback, header fields.</summary>
    public void CheckCall(ApiDocument document, BackendExtension extension, DiagnosticBag diagnostics)
    {
        _calls.Check(document, extension, diagnostics);
        HeaderTransformChecker.Check(extension, diagnostics);
        if (extension.Fallback is { Body: { } body, Status: var status } && !StatusRules.HasContent(status))
            diagnostics.Add(CallDiagnostics.BodyNotAllowed, body.Node, $"An answer with status {status} has no body.", "Leave out the body, or give another status.");
    }
}
