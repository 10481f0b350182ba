using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>Tells which expressions can never resolve in an <see cref="ExpressionScope"/>.</summary>
internal sealed class ExpressionChecker(ExpressionScope scope, DiagnosticBag diagnostics)
{
    // What Headgate reads from every token whatever its claims are called.
    private const string UserPlaceholder = "userId";

    public void Check(ValueExpression value)
    {
        switch (value)
        {
            case RequestBodyExpression when !scope.HasRequestBody:
                Never(value.Node, "The operation has no request body.", "Declare a requestBody, or take the value from elsewhere.");
                break;
            case RequestFieldExpression field:
                CheckField(field);
                break;
            case ClaimExpression claim when !scope.HasCaller:
                Never(value.Node, $"There is no claim '{claim.Name}': the operation is public.", "Declare 'security', or take the value from elsewhere.");
                break;
            case TenantExpression when !scope.HasTenant:
                Never(value.Node, "There is no tenant: the operation is public and no tenant header is believed.", "Declare 'security', or set tenancy.acceptHeader in x-gateway-config.");
                break;
            case StepAnswerExpression step:
                CheckAnswer(step.Node, "step", step.Step, scope.Steps, scope.AllSteps, "has not answered yet at this place", "Use a step that comes before.");
                break;
            case PartExpression part:
                CheckAnswer(part.Node, "part", part.Part, scope.Parts, scope.AllParts, "is not waited for", $"Add dependsOn: [{part.Part}].");
                break;
            default:
                CheckInner(value);
                break;
        }
    }

    /// <summary>Checks <c>{name}</c>: path, query, claims, then the answer of the step that made it.</summary>
    public void CheckPlaceholder(string name, DocumentNode node)
    {
        if (scope.PathParameters.Contains(name) || scope.QueryParameters.Contains(name))
            return;

        // {xId} is a member of an answer, or the id of what a step made; other names come from the request alone.
        bool fromSteps = scope.Steps.Count > 0 && name.Length > 2 && name.EndsWith("Id", StringComparison.Ordinal);
        string? near = Suggestion.Closest(name, scope.PathParameters.Concat(scope.QueryParameters));
        if (fromSteps || (scope.HasCaller && name == UserPlaceholder))
            return;
        if (!scope.HasCaller)
            Never(node, $"Nothing can fill '{{{name}}}': it is no path or query parameter, and the operation is public.", near is null ? "Declare the parameter, or use an expression such as {$request.body#/id}." : $"Did you mean '{{{near}}}'?");
        else if (near is not null)
            diagnostics.Add(ExtensionDiagnostics.OnlyFromClaim, node, $"Only a claim '{name}' could fill '{{{name}}}'.", $"Did you mean '{{{near}}}'?");
    }

    private void CheckField(RequestFieldExpression field)
    {
        switch (field.Field)
        {
            case RequestField.Path when !scope.PathParameters.Contains(field.Name):
                Never(field.Node, $"The path has no parameter '{field.Name}'.", Suggest(field.Name, scope.PathParameters));
                break;
            case RequestField.Query when !scope.QueryParameters.Contains(field.Name):
                diagnostics.Add(
                    ExtensionDiagnostics.UndeclaredParameter,
                    field.Node,
                    $"The operation declares no query parameter '{field.Name}'.",
                    Suggest(field.Name, scope.QueryParameters) ?? "Declare it.");
                break;

            // Any header may come, declared or not; only one that is nearly a declared one was meant to be it.
            case RequestField.Header when !scope.Headers.Contains(field.Name, StringComparer.OrdinalIgnoreCase)
                    && Suggest(field.Name, scope.Headers) is { } suggestion:
                diagnostics.Add(ExtensionDiagnostics.UndeclaredParameter, field.Node, $"The operation declares no header '{field.Name}'.", suggestion);
                break;
        }
    }

    private void CheckAnswer(DocumentNode node, string kind, string name, IReadOnlyCollection<string> there, IReadOnlyCollection<string> all, string late, string fix)
    {
        if (there.Contains(name))
            return;
        if (all.Contains(name))
            Never(node, $"The {kind} '{name}' {late}.", fix);
        else
            Never(node, $"There is no {kind} '{name}' here.", Suggest(name, all));
    }

    private void CheckInner(ValueExpression value)
    {
        IEnumerable<ValueExpression> inner = value switch
        {
            InterpolatedExpression text => text.Parts,
            ObjectExpression map => map.Members.Select(member => member.Value),
            ArrayExpression list => list.Items,
            _ => [],
        };
        foreach (ValueExpression each in inner)
            Check(each);
    }

    private void Never(DocumentNode node, string message, string? fix) => diagnostics.Add(ExtensionDiagnostics.NeverResolves, node, message, fix);

    private static string? Suggest(string name, IEnumerable<string> known) =>
        Suggestion.Closest(name, known) is { } closest ? $"Did you mean '{closest}'?" : null;
}
