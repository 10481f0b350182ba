using Headgate.Gateway.Pipeline;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>Compiles what the document says of the answers of an operation, where the instance checks them (<c>--validate-responses</c>).</summary>
internal sealed class AnswerCheckCompiler : PolicyCompiler
{
    public override PipelineStage Stage => PipelineStage.AnswerValidation;

    public override GatewayPolicy? Compile(OperationScope scope)
    {
        if (scope.Api.Answers is not { } watch || scope.Operation.Node["responses"] is not ObjectNode { Members.Count: > 0 } responses)
            return null;
        AnswerSchemas schemas = scope.Api.AnswerSchemas ??= new AnswerSchemas(scope.Document);
        var rules = new Dictionary<string, AnswerRule>(StringComparer.Ordinal);
        foreach (ObjectMember response in responses.Members)
        {
            if (schemas.Current.Follow(response.Value) is { } node)
                rules[response.Key] = Compile(node, schemas, scope.Document.References);
        }

        if (schemas.TakeFaults(scope.Diagnostics))
            rules = rules.ToDictionary(rule => rule.Key, rule => rule.Value.WithoutSchemas());
        return new AnswerCheckPolicy(new AnswerRules(rules), schemas.Names, watch);
    }

    private static AnswerRule Compile(ObjectNode response, AnswerSchemas schemas, ReferenceResolver references)
    {
        ParameterRule[] headers = [.. (schemas.Current.Follow(response["headers"])?.Members ?? []).Select(header => HeaderCompiler.Compile(header, schemas.Current)).OfType<ParameterRule>()];
        BodyRule[] bodies = [.. (schemas.Current.Follow(response["content"])?.Members ?? []).Select(media => CompileBody(media, schemas, references))];
        return new AnswerRule(bodies.Length == 0 ? null : new BodyChecks(bodies, required: false), headers);
    }

    // Forms are no answers: of the media types that the gateway reads, JSON alone is held to its schema.
    private static BodyRule CompileBody(ObjectMember media, AnswerSchemas schemas, ReferenceResolver references)
    {
        if (schemas.Current.Follow(media.Value)?["schema"] is not { } schema)
            return new BodyRule(new MediaRange(media.Key), null, null);
        schemas.Names.Add(schema, references);
        return new BodyRule(new MediaRange(media.Key), schemas.Current.Compile(schema), null);
    }
}
