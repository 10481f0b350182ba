using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Policies.Validation.Answers;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Plans.Listing;

/// <summary>What messages of a document's operations are held to, as far as somebody holds them to it. Used by one thread at a time.</summary>
/// <param name="document">The document.</param>
internal sealed class DeclaredInputs(ApiDocument document)
{
    private readonly DeclaredFingerprint _fingerprint = new(document.References);

    /// <summary>Those of one operation: a schema is told as a fingerprint.</summary>
    public IEnumerable<PlanSetting> Of(OperationPlan plan) =>
    [
        .. plan.RequestPolicies.Any(policy => policy is ValidationPolicy) ? OfRequests(plan.Operation) : [],
        .. plan.ResponsePolicies.Any(policy => policy is AnswerCheckPolicy) ? OfAnswers(plan.Operation) : [],
    ];

    private IEnumerable<PlanSetting> OfRequests(ApiOperation operation)
    {
        foreach (ApiParameter parameter in operation.Parameters)
        {
            string presence = parameter.Required ? "required" : "optional";
            yield return new PlanSetting($"parameter {parameter.Name} ({parameter.In.ToString().ToLowerInvariant()})", $"{presence}, declared as {_fingerprint.Of(parameter.Node)}");
        }

        if (operation.RequestBody is not { } body)
            yield break;
        var content = document.References.Follow(body.Node["content"]) as ObjectNode;
        foreach (string type in body.Content.Keys)
            yield return new PlanSetting($"body {type}", $"{(body.Required ? "required" : "optional")}, declared as {_fingerprint.Of(content?[type])}");
    }

    private IEnumerable<PlanSetting> OfAnswers(ApiOperation operation) =>
        (operation.Node["responses"] as ObjectNode)?.Members.Select(answer => new PlanSetting($"answer {answer.Key}", $"declared as {_fingerprint.Of(document.References.Follow(answer.Value))}")) ?? [];
}
