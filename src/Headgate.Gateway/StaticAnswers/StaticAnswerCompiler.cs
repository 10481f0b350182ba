using System.Text;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Representations;
using Headgate.Gateway.Values;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Prepares the answers of one operation. Used once, while a plan is compiled.</summary>
internal sealed class StaticAnswerCompiler(OperationScope scope, StaticExtension settings)
{
    private const string JsonType = "application/json";

    private readonly DeclaredAnswers _declared = new(scope);
    private readonly DocumentNode _node = settings.Node ?? scope.Operation.Node;

    /// <summary>The answers by status, the usual one first; none where something is wrong, which is reported.</summary>
    public IReadOnlyList<StaticStatus> Compile()
    {
        if ((settings.Status ?? _declared.Usual) is not { } status || _declared.Of(status) is not { } declared)
        {
            Report(StaticDiagnostics.StatusNotDeclared, "status", settings.Status is { } wanted ? $"The operation declares no answer with status {wanted}." : "The operation declares no successful answer.", "Declare it under responses, or give another status.");
            return [];
        }

        StaticAnswer[] usual = settings.Body is { } body ? OfBody(status, declared, body) : OfExamples(status, declared);
        if (usual.Length == 0)
            return [];
        return settings.Prefer ? [new StaticStatus(usual, settings.Example), .. Others(status)] : [new StaticStatus(usual, settings.Example)];
    }

    // What a client may choose beside the usual answer: whatever the document has an example of.
    private IEnumerable<StaticStatus> Others(int usual)
    {
        foreach (int status in _declared.Statuses.Where(status => status != usual))
        {
            ObjectNode declared = _declared.Of(status)!;
            IReadOnlyList<KeyValuePair<string, ObjectNode>> content = _declared.ContentOf(declared);
            StaticAnswer[] answers = content.Count == 0 ? [new StaticAnswer { Status = status }] : [.. content.SelectMany(media => Written(status, ConcreteType(media.Key), media.Value))];
            if (answers.Length > 0)
                yield return new StaticStatus(answers, null);
        }
    }

    private StaticAnswer[] OfBody(int status, ObjectNode declared, ValueExpression body)
    {
        string type = settings.ContentType ?? _declared.ContentOf(declared).Select(media => ConcreteType(media.Key)).OfType<string>().FirstOrDefault() ?? JsonType;
        if (!IsDeclared(type, declared) || RequestValueCompiler.Compile(body, scope) is not { } value)
            return [];
        var answer = new StaticAnswer { Status = status, ContentType = type, Fields = [.. settings.Headers] };
        if (MediaType.KindOf(type) == MediaKind.Json)
            return [value is ConstantValue constant ? answer with { Fixed = Prepare(status, type, constant.Bytes) } : answer with { Value = value }];
        if (body is LiteralExpression { Kind: ScalarKind.String } text)
            return [answer with { Fixed = Prepare(status, type, Encoding.UTF8.GetBytes(text.Text)) }];
        Report(StaticDiagnostics.NotWritable, "body", $"The body is no text, and '{type}' is not JSON.", "Write the body as one text without values of requests, or answer in JSON.");
        return [];
    }

    private StaticAnswer[] OfExamples(int status, ObjectNode declared)
    {
        IReadOnlyList<KeyValuePair<string, ObjectNode>> content = _declared.ContentOf(declared);
        if (content.Count == 0 || !StatusRules.HasContent(status))
            return settings.Example is null ? [new StaticAnswer { Status = status, Fields = [.. settings.Headers] }] : NoExample(status, []);
        if (settings.ContentType is { } type && !IsDeclared(type, declared))
            return [];
        int findings = scope.Diagnostics.Items.Count;
        StaticAnswer[] answers =
        [
            .. from media in content
               where settings.ContentType is null || new MediaRange(media.Key).Match(settings.ContentType) >= 0
               from answer in Written(status, settings.ContentType ?? ConcreteType(media.Key), media.Value, isUsual: true)
               select answer,
        ];
        if (scope.Diagnostics.Items.Count > findings)
            return [];
        bool isThere = settings.Example is null ? answers.Length > 0 : answers.Any(answer => answer.Example == settings.Example);
        return isThere ? answers : NoExample(status, answers);
    }

    private IEnumerable<StaticAnswer> Written(int status, string? type, ObjectNode media, bool isUsual = false)
    {
        foreach (DeclaredExample example in type is null ? [] : _declared.ExamplesOf(media))
        {
            if (example.Write(type!) is { } bytes)
                yield return new StaticAnswer { Status = status, ContentType = type, Example = example.Name, Fixed = Prepare(status, type!, bytes), Fields = isUsual ? [.. settings.Headers] : [] };
            else if (isUsual)
                scope.Diagnostics.Add(StaticDiagnostics.NotWritable, example.Value, $"The example is no text, and '{type}' is not JSON.", "Write the example as one text.");
        }
    }

    private StaticAnswer[] NoExample(int status, IReadOnlyList<StaticAnswer> there)
    {
        string?[] names = [.. there.Select(answer => answer.Example)];
        if (settings.Example is { } wanted)
            Report(StaticDiagnostics.NoExample, "example", $"The answer with status {status} has no example '{wanted}'.", Suggestion.Closest(wanted, names.OfType<string>()) is { } near ? $"Did you mean '{near}'?" : "Add it under examples of the media type.");
        else
            Report(StaticDiagnostics.NoExample, "status", $"The answer with status {status} has no example.", "Add one to its media type or schema, or give a body.");
        return [];
    }

    private bool IsDeclared(string type, ObjectNode declared)
    {
        IReadOnlyList<KeyValuePair<string, ObjectNode>> content = _declared.ContentOf(declared);
        if (MediaType.IsWellFormed(type) && (content.Count == 0 || content.Any(media => new MediaRange(media.Key).Match(type) >= 0)))
            return true;
        Report(StaticDiagnostics.TypeNotDeclared, "contentType", $"The answer is not declared with the media type '{type}'.", content.Count == 0 ? "Write a media type." : $"Declared: {string.Join(", ", content.Select(media => media.Key))}.");
        return false;
    }

    private Representation Prepare(int status, string type, ReadOnlyMemory<byte> bytes)
    {
        var prepared = new Representation(type, bytes);
        return status == 200 ? prepared.Since(scope.Living(new StaticIdentity(scope.OperationKey, prepared.ETag), () => new StaticSince(scope.Api.CompiledAt)).Time) : prepared;
    }

    // A range is no type to answer in; of those that take it, JSON is what examples are written in. What no header field can hold is none either.
    private static string? ConcreteType(string key)
    {
        if (key.Contains('*', StringComparison.Ordinal))
            return MediaRange.Match(key, JsonType) >= 0 ? JsonType : null;
        return Ascii.IsValid(key) && MediaType.IsWellFormed(key) ? key : null;
    }

    private void Report(DiagnosticDescriptor descriptor, string setting, string message, string fix) => scope.Diagnostics.Add(descriptor, _node.At(setting), message, fix);
}
