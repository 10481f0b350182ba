using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>Compiles the path of a part: each placeholder is bound to what fills it.</summary>
internal static class PartTargetCompiler
{
    // What is read of every credential, whatever its claim is called.
    private const string UserPlaceholder = "userId";

    /// <summary>Compiles; null when a placeholder cannot be filled, which is reported.</summary>
    public static PartTarget? Compile(TargetTemplate template, OperationScope scope)
    {
        PartTargetPiece[]? path = Compile(template.Path, template, scope);
        PartTargetPiece[]? query = template.Query is null ? [] : Compile([new TargetPart("?", null, null), .. template.Query], template, scope);
        return path is null || query is null ? null : new PartTarget(template.Text, path, query);
    }

    private static PartTargetPiece[]? Compile(IReadOnlyList<TargetPart> parts, TargetTemplate template, OperationScope scope)
    {
        var pieces = new List<PartTargetPiece>();
        foreach (TargetPart part in parts)
        {
            if (part.Literal is { } literal)
            {
                // Literals side by side are one.
                if (pieces is [.., { Value: null } last])
                    pieces[^1] = last with { Text = last.Text + literal };
                else
                    pieces.Add(new PartTargetPiece(literal, null));
                continue;
            }

            ValueExpression expression = part.Expression ?? Meaning(part.Placeholder!, template, scope);
            if (RequestValueCompiler.CompileTextValue(expression, scope) is not { } value)
                return null;
            pieces.Add(new PartTargetPiece(part.Placeholder ?? NameOf(expression), value));
        }

        return [.. pieces];
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
        _ => "tenant",
    };
}
