using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Values;

/// <summary>Reads values and the expressions in them. Errors name the character at which reading stopped.</summary>
internal static class ExpressionParser
{
    private const string Forms =
        "Use $request.body#/pointer, $request.path.NAME, $request.query.NAME, $request.header.NAME, $claims.NAME, $tenant, "
        + "$steps.NAME.response.body#/pointer or $parts.NAME#/pointer; write $$ for a literal $.";

    public static ValueExpression? Parse(DocumentNode node, DiagnosticBag diagnostics) => node switch
    {
        ScalarNode scalar => ParseScalar(scalar, diagnostics),
        ArrayNode array => ParseArray(array, diagnostics),
        ObjectNode map => ParseObject(map, diagnostics),
        _ => throw new ArgumentException($"{node.GetType()} is no node kind.", nameof(node)),
    };

    /// <summary>Reads one expression that begins with <c>$</c>; <paramref name="offset"/> is where it stands in its scalar.</summary>
    public static ValueExpression? ParseExpression(string text, int offset, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (text == "$tenant")
            return new TenantExpression(node);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        string root = dot < 0 ? text : text[..dot];
        int restAt = dot < 0 ? text.Length : dot + 1;
        string rest = text[restAt..];
        ExpressionProblem? problem = null;
        ValueExpression? expression = root switch
        {
            "$request" => ParseRequest(rest, node, out problem),
            "$claims" when rest.Length > 0 => new ClaimExpression(node, rest),
            "$steps" => ParseStep(rest, node, out problem),
            "$parts" => ParsePart(rest, node, out problem),
            _ => null,
        };
        if (expression is null)
        {
            problem ??= new ExpressionProblem(root == "$claims" ? "the claim's name is missing" : $"'{root}' is not a root of expressions", root == "$claims" ? 0 : -restAt);
            diagnostics.Add(
                ExtensionDiagnostics.BadExpression,
                node,
                $"'{text}' is not an expression: {problem.Value.Text} (character {offset + restAt + problem.Value.Offset + 1}).",
                Forms);
        }

        return expression;
    }

    private static ValueExpression? ParseScalar(ScalarNode scalar, DiagnosticBag diagnostics)
    {
        string text = scalar.Text;
        if (scalar.Kind != ScalarKind.String)
            return new LiteralExpression(scalar, scalar.Kind, text);
        if (text.StartsWith("$$", StringComparison.Ordinal))
            return new LiteralExpression(scalar, ScalarKind.String, text[1..]);
        if (text.StartsWith('$'))
            return ParseExpression(text, 0, scalar, diagnostics);
        return text.Contains("{$", StringComparison.Ordinal)
            ? ParseInterpolated(scalar, diagnostics)
            : new LiteralExpression(scalar, ScalarKind.String, text);
    }

    private static InterpolatedExpression? ParseInterpolated(ScalarNode scalar, DiagnosticBag diagnostics)
    {
        string text = scalar.Text;
        var parts = new List<ValueExpression>();
        bool whole = true;
        int at = 0;
        while (at < text.Length)
        {
            int open = text.IndexOf("{$", at, StringComparison.Ordinal);
            if (open != at)
                parts.Add(new LiteralExpression(scalar, ScalarKind.String, open < 0 ? text[at..] : text[at..open]));
            if (open < 0)
                break;
            int close = text.IndexOf('}', open);
            if (close < 0)
            {
                diagnostics.Add(ExtensionDiagnostics.BadExpression, scalar, $"The brace at character {open + 1} of '{text}' is not closed.", "Close it with '}'.");
                return null;
            }

            ValueExpression? part = ParseExpression(text[(open + 1)..close], open + 1, scalar, diagnostics);
            if (part is null)
                whole = false;
            else
                parts.Add(part);
            at = close + 1;
        }

        return whole ? new InterpolatedExpression(scalar, parts) : null;
    }

    private static ArrayExpression? ParseArray(ArrayNode array, DiagnosticBag diagnostics)
    {
        var items = new List<ValueExpression>(array.Items.Count);
        foreach (DocumentNode item in array.Items)
        {
            if (Parse(item, diagnostics) is { } value)
                items.Add(value);
        }

        return items.Count == array.Items.Count ? new ArrayExpression(array, items) : null;
    }

    private static ObjectExpression? ParseObject(ObjectNode map, DiagnosticBag diagnostics)
    {
        var members = new List<KeyValuePair<string, ValueExpression>>(map.Members.Count);
        foreach (ObjectMember member in map.Members)
        {
            if (Parse(member.Value, diagnostics) is { } value)
                members.Add(new(member.Key, value));
        }

        return members.Count == map.Members.Count ? new ObjectExpression(map, members) : null;
    }

    private static ValueExpression? ParseRequest(string rest, DocumentNode node, out ExpressionProblem? problem)
    {
        problem = null;
        if (rest == "body")
            return new RequestBodyExpression(node, JsonPointer.Whole);
        if (rest.StartsWith("body#", StringComparison.Ordinal))
            return ParsePointer(rest, "body#".Length, out problem) is { } pointer ? new RequestBodyExpression(node, pointer) : null;
        int dot = rest.IndexOf('.', StringComparison.Ordinal);
        string place = dot < 0 ? rest : rest[..dot];
        RequestField? field = place switch
        {
            "path" => RequestField.Path,
            "query" => RequestField.Query,
            "header" => RequestField.Header,
            _ => null,
        };
        if (field is null)
            problem = new ExpressionProblem($"a request has body, path, query and header, not '{place}'", 0);
        else if (dot < 0 || dot + 1 == rest.Length)
            problem = new ExpressionProblem($"the name after '{place}.' is missing", rest.Length);
        else
            return new RequestFieldExpression(node, field.Value, rest[(dot + 1)..]);
        return null;
    }

    private static StepAnswerExpression? ParseStep(string rest, DocumentNode node, out ExpressionProblem? problem)
    {
        const string Answer = ".response.body";
        problem = null;
        int dot = rest.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
            problem = new ExpressionProblem(dot < 0 && rest.Length > 0 ? "'.response.body' is missing after the step's name" : "the step's name is missing", rest.Length);
        else if (!rest.AsSpan(dot).StartsWith(Answer, StringComparison.Ordinal))
            problem = new ExpressionProblem("only '.response.body' of a step can be used", dot);
        else if (rest.Length == dot + Answer.Length)
            return new StepAnswerExpression(node, rest[..dot], JsonPointer.Whole);
        else if (rest[dot + Answer.Length] != '#')
            problem = new ExpressionProblem("a JSON Pointer after '#' or the end was expected", dot + Answer.Length);
        else if (ParsePointer(rest, dot + Answer.Length + 1, out problem) is { } pointer)
            return new StepAnswerExpression(node, rest[..dot], pointer);
        return null;
    }

    private static PartExpression? ParsePart(string rest, DocumentNode node, out ExpressionProblem? problem)
    {
        problem = null;
        int hash = rest.IndexOf('#', StringComparison.Ordinal);
        string name = hash < 0 ? rest : rest[..hash];
        if (name.Length == 0)
            problem = new ExpressionProblem("the part's field is missing", 0);
        else if (hash < 0)
            return new PartExpression(node, name, JsonPointer.Whole);
        else if (ParsePointer(rest, hash + 1, out problem) is { } pointer)
            return new PartExpression(node, name, pointer);
        return null;
    }

    private static JsonPointer? ParsePointer(string rest, int at, out ExpressionProblem? problem)
    {
        problem = null;
        if (JsonPointer.TryParse(rest[at..], out JsonPointer pointer))
            return pointer;
        problem = new ExpressionProblem("what follows '#' is not a JSON Pointer (it begins with '/'; '~' is written '~0')", at);
        return null;
    }
}
