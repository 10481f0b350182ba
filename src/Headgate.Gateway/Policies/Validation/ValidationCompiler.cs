using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation.Forms;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>Compiles what the document says about the parameters, bodies and media types of an operation.</summary>
internal sealed class ValidationCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.RequestValidation;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        ValidationExtension settings = scope.Operation.Extensions.Get<ValidationExtension>() ?? scope.Config.Validation;
        if (!settings.Requests)
            return null;
        string[] answers = AnswersOf(scope);
        string? key = ValidationKey.Of(scope, settings, answers);
        if (key is not null && scope.Api.SharedValidation.TryGetValue(key, out GatewayPolicy? shared))
            return shared;

        int findings = scope.Diagnostics.Items.Count;
        GatewayPolicy? policy = Compile(scope, settings, answers);

        // What is wrong is told of each operation that says it.
        if (key is not null && scope.Diagnostics.Items.Count == findings)
            scope.Api.SharedValidation.Add(key, policy);
        return policy;
    }

    private static ValidationPolicy? Compile(OperationScope scope, ValidationExtension settings, string[] answers)
    {
        MessageSchemas schemas = scope.Api.RequestSchemas ??= new MessageSchemas(scope.Document, MessageDirection.Request, scope.Diagnostics);
        var parameters = new ParameterChecks(ParameterCompiler.Compile(scope, schemas), settings.RefuseUnknownQuery ? new KnownQuery(scope.Document) : null);
        BodyChecks? body = CompileBody(scope, schemas);
        return parameters.IsEmpty && body is null && answers.Length == 0
            ? null
            : new ValidationPolicy(new ValidationPlan(parameters, body, new AnswerTypes(answers), settings));
    }

    private static BodyChecks? CompileBody(OperationScope scope, MessageSchemas schemas)
    {
        if (scope.Operation.RequestBody is not { Content.Count: > 0 } body)
            return null;
        ObjectNode? content = schemas.Follow(body.Node["content"]);
        BodyRule[] rules = [.. body.Content.Select(media => CompileBody(media.Key, schemas.Follow(content?[media.Key]), media.Value, schemas))];
        return new BodyChecks(rules, body.Required);
    }

    private static BodyRule CompileBody(string key, ObjectNode? media, DocumentNode? schema, MessageSchemas schemas)
    {
        var range = new MediaRange(key);
        SchemaValidator? validator = schema is null ? null : schemas.Compile(schema);

        // A range may take forms too; JSON alone has no use for their fields.
        return new BodyRule(range, validator, validator is null || range.Kind == MediaKind.Json ? null : new FormCompiler(schemas).Compile(media, validator));
    }

    // Of the successful answers alone: errors are told in the gateway's or the service's own form whatever a client accepts. One without content suits everybody.
    private static string[] AnswersOf(OperationScope scope)
    {
        IReadOnlyList<ObjectMember> responses = (scope.Operation.Node["responses"] as ObjectNode)?.Members ?? [];
        ObjectMember[] successes = [.. responses.Where(member => member.Key.StartsWith('2'))];
        if (successes.Length == 0)
            successes = [.. responses.Where(member => member.Key == "default")];
        IReadOnlyList<ObjectMember>[] contents = [.. successes.Select(success => ContentOf(scope, success.Value))];
        if (contents.Any(content => content.Count == 0))
            return [];
        return [.. contents.SelectMany(content => content).Select(content => MediaType.Essence(content.Key).ToString()).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IReadOnlyList<ObjectMember> ContentOf(OperationScope scope, DocumentNode response) =>
        ((scope.Document.References.Follow(response) as ObjectNode)?["content"] as ObjectNode)?.Members ?? [];
}
