using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Forwarding;

/// <summary>Compiles the path of <c>x-gateway-backend</c>: each placeholder is bound to the place of the request that fills it.</summary>
internal static class TargetPlanCompiler
{
    /// <summary>Compiles; null when a placeholder cannot be filled, which is reported.</summary>
    public static TargetPlan? Compile(TargetTemplate template, OperationScope scope)
    {
        string[] parameters = [.. scope.Operation.Path.ParameterNames];
        var parts = new List<TargetPlanPart>();
        foreach (TargetPart part in template.Path)
        {
            if (Bind(part, parameters, inQuery: false) is not { } bound)
                return Report(template, part, scope);
            parts.Add(bound);
        }

        if (template.Query is not null)
        {
            parts.Add(TargetPlanPart.OfText("?"));
            foreach (TargetPart part in template.Query)
            {
                if (Bind(part, parameters, inQuery: true) is not { } bound)
                    return Report(template, part, scope);
                parts.Add(bound);
            }
        }

        return new TargetPlan(template.Text, parts);
    }

    private static TargetPlanPart? Bind(TargetPart part, string[] parameters, bool inQuery) => part switch
    {
        { Literal: { } literal } => TargetPlanPart.OfText(literal),
        { Placeholder: { } name } => BindName(name, parameters, inQuery),
        { Expression: RequestFieldExpression { Field: RequestField.Path, Name: var name } } => BindName(name, parameters, inQuery),
        _ => null,
    };

    private static TargetPlanPart? BindName(string name, string[] parameters, bool inQuery) =>
        Array.IndexOf(parameters, name) is >= 0 and int at ? TargetPlanPart.OfParameter(at, inQuery) : null;

    private static TargetPlan? Report(TargetTemplate template, TargetPart part, OperationScope scope)
    {
        scope.Diagnostics.Add(
            PlanDiagnostics.TargetNotResolvable,
            template.Node,
            $"In the backend path '{template.Text}' {(part.Placeholder is { } name ? $"{{{name}}}" : "an expression")} cannot be filled.",
            $"Use parameters of the path template {scope.Operation.Path.Text}.");
        return null;
    }
}
