using System.Buffers;
using System.Text.Json;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Values;

/// <summary>
/// Compiles values of a document that are filled in from what is known of a request: everything but its body; and where services were asked before, from their answers, and where it is kept, from the body.
/// </summary>
internal static class RequestValueCompiler
{
    /// <summary>Compiles; null when something in it cannot be had then, which is reported.</summary>
    public static RequestValue? Compile(ValueExpression expression, OperationScope scope)
    {
        if (IsConstant(expression))
            return new ConstantValue(JsonOf(expression));
        return expression switch
        {
            ObjectExpression map => CompileObject(map, scope),
            ArrayExpression list => CompileArray(list, scope),
            InterpolatedExpression text => CompileText(text, scope),
            RequestBodyExpression or PartExpression or StepAnswerExpression when PlaceOf(expression, scope) is { } place => place,
            _ => CompileTextValue(expression, scope),
        };
    }

    /// <summary>Compiles a value that is a text; null when it cannot be had, which is reported.</summary>
    public static TextValue? CompileTextValue(ValueExpression expression, OperationScope scope)
    {
        switch (expression)
        {
            case RequestFieldExpression { Field: RequestField.Path, Name: var name } when PositionOf(name, scope) is >= 0 and var position:
                return new TextValue(context => RequestTexts.OfPath(context, position));
            case RequestFieldExpression { Field: RequestField.Query, Name: var name }:
                return new TextValue(context => RequestTexts.OfQuery(context, name));
            case RequestFieldExpression { Field: RequestField.Header, Name: var name }:
                return new TextValue(context => RequestTexts.OfHeader(context, name));
            case TenantExpression:
                return new TextValue(static context => context.Tenant);
            case ClaimExpression { Name: "sub" }:
                return new TextValue(static context => context.User);
            case ClaimExpression claim when claim.Name == scope.Config.Tenancy.Claim:
                return new TextValue(static context => context.Tenant);
            case ClaimExpression claim when KeptClaims.Of(scope.Document).Contains(claim.Name):
                return new TextValue(context => context.Caller?.Claim(claim.Name));
            case RequestBodyExpression or PartExpression or StepAnswerExpression when PlaceOf(expression, scope) is { } place:
                return place.AsText;
            default:
                Report(expression, scope);
                return null;
        }
    }

    private static ObjectValue? CompileObject(ObjectExpression map, OperationScope scope)
    {
        var members = new List<KeyValuePair<string, RequestValue>>();
        foreach ((string name, ValueExpression value) in map.Members)
        {
            if (Compile(value, scope) is { } compiled)
                members.Add(new(name, compiled));
        }

        return members.Count == map.Members.Count ? new ObjectValue(members) : null;
    }

    private static ArrayValue? CompileArray(ArrayExpression list, OperationScope scope)
    {
        RequestValue[] items = [.. list.Items.Select(item => Compile(item, scope)).OfType<RequestValue>()];
        return items.Length == list.Items.Count ? new ArrayValue(items) : null;
    }

    private static InterpolatedValue? CompileText(InterpolatedExpression text, OperationScope scope)
    {
        var parts = new List<(string? Text, TextValue? Value)>();
        foreach (ValueExpression part in text.Parts)
        {
            if (part is LiteralExpression literal)
                parts.Add((literal.Text, null));
            else if (CompileTextValue(part, scope) is { } value)
                parts.Add((null, value));
        }

        return parts.Count == text.Parts.Count ? new InterpolatedValue(parts) : null;
    }

    private static int PositionOf(string name, OperationScope scope) => Array.IndexOf([.. scope.Operation.Path.ParameterNames], name);

    // A place in the body, in the answer of a part, or of an earlier call; null when it is not there.
    private static PlaceValue? PlaceOf(ValueExpression expression, OperationScope scope)
    {
        switch (expression)
        {
            case RequestBodyExpression body when scope.KeepsBody:
                return new PlaceValue(static context => context.Answers?.Body ?? default, body.Pointer);
            case PartExpression part when Array.IndexOf([.. scope.Parts], part.Part) is >= 0 and var position:
                return new PlaceValue(context => context.Aggregation[position].Answer.Value, part.Pointer);
            case StepAnswerExpression step when Array.IndexOf([.. scope.Earlier.Select(call => call.Name)], step.Step) is >= 0 and var position:
                return new PlaceValue(context => context.Answers?.AnswerOf(position) ?? default, step.Pointer);
            default:
                return null;
        }
    }

    private static void Report(ValueExpression expression, OperationScope scope) => scope.Diagnostics.Add(
        CallDiagnostics.ValueNotKnown,
        expression.Node,
        "This value is not known here, where no service answers and the request's body is not kept.",
        "Use parameters of path and query, header fields, $tenant, $claims.sub, or a value as it is.");

    private static bool IsConstant(ValueExpression expression) => expression switch
    {
        LiteralExpression => true,
        ObjectExpression map => map.Members.All(member => IsConstant(member.Value)),
        ArrayExpression list => list.Items.All(IsConstant),
        _ => false,
    };

    private static byte[] JsonOf(ValueExpression expression)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ErrorJson.Options))
            Write(json, expression);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ValueExpression expression)
    {
        switch (expression)
        {
            case LiteralExpression { Kind: ScalarKind.String } text:
                json.WriteStringValue(text.Text);
                break;
            case LiteralExpression other:
                json.WriteRawValue(other.Text);
                break;
            case ArrayExpression list:
                json.WriteStartArray();
                foreach (ValueExpression item in list.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case ObjectExpression map:
                json.WriteStartObject();
                foreach ((string name, ValueExpression value) in map.Members)
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
        }
    }
}
