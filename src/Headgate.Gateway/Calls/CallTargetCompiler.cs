using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Calls;

/// <summary>Compiles the path of a call of the gateway's own: each placeholder is bound to what fills it.</summary>
internal static class CallTargetCompiler
{
    // What is read of every credential, whatever its claim is called.
    private const string UserPlaceholder = "userId";

    /// <summary>Compiles; null when a placeholder cannot be filled, which is reported.</summary>
    public static CallTarget? Compile(TargetTemplate template, OperationScope scope)
    {
        CallTargetPiece[]? path = Compile(template.Path, template, scope);
        CallTargetPiece[]? query = template.Query is null ? [] : Compile([new TargetPart("?", null, null), .. template.Query], template, scope);
        return path is null || query is null ? null : new CallTarget(template.Text, path, query);
    }

    private static CallTargetPiece[]? Compile(IReadOnlyList<TargetPart> parts, TargetTemplate template, OperationScope scope)
    {
        var pieces = new List<CallTargetPiece>();
        foreach (TargetPart part in parts)
        {
            if (part.Literal is { } literal)
            {
                // Literals side by side are one.
                if (pieces is [.., { Value: null } last])
                    pieces[^1] = last with { Text = last.Text + literal };
                else
                    pieces.Add(new CallTargetPiece(literal, null));
                continue;
            }

            ValueExpression expression = part.Expression ?? Meaning(part.Placeholder!, template, scope);
            if (ValueOf(part.Placeholder, expression, scope) is not { } value)
                return null;
            pieces.Add(new CallTargetPiece(part.Placeholder ?? NameOf(expression), value) { Part = expression as PartExpression });
        }

        return [.. pieces];
    }

    // A name that the request itself has is its own, whatever services answer.
    private static TextValue? ValueOf(string? placeholder, ValueExpression expression, OperationScope scope)
    {
        TextValue? own = RequestValueCompiler.CompileTextValue(expression, scope);
        bool isMade = own is not null && placeholder is not null && expression is ClaimExpression && scope.Earlier.Count > 0 && MadeIdValue.IsId(placeholder);
        return isMade ? MadeIdValue.Compile(placeholder!, own!, scope.Earlier, scope.UndoesLast) : own;
    }

    // Path, query, claims, in this order.
    private static ValueExpression Meaning(string name, TargetTemplate template, OperationScope scope)
    {
        if (scope.Operation.Path.ParameterNames.Contains(name))
            return new RequestFieldExpression(template.Node, RequestField.Path, name);
        bool isQuery = scope.Operation.Parameters.Any(parameter => parameter.In == OpenApi.Model.ParameterLocation.Query && parameter.Name == name);
        return isQuery
            ? new RequestFieldExpression(template.Node, RequestField.Query, name)
            : new ClaimExpression(template.Node, name == UserPlaceholder ? "sub" : name);
    }

    private static string NameOf(ValueExpression expression) => expression switch
    {
        RequestFieldExpression field => field.Name,
        ClaimExpression claim => claim.Name,
        PartExpression part => $"{part.Part}{part.Pointer}",
        StepAnswerExpression step => $"{step.Step}{step.Pointer}",
        RequestBodyExpression body => $"body{body.Pointer}",
        _ => "tenant",
    };
}
