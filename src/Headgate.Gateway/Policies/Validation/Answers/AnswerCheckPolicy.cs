using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>
/// Holds the answers of services to the document: status, media type, header fields, JSON. What breaks it is counted and logged, and passed on as it is. Errors of the
/// gateway itself are not looked at. Stands last on the way back, so that it sees what the client sees.
/// </summary>
internal sealed class AnswerCheckPolicy(AnswerRules rules, DeclaredNames names, AnswerWatch watch) : GatewayPolicy
{
    public override string Name => "answer-check";

    public override PolicyPhases Phases => PolicyPhases.Response;

    public override IEnumerable<PlanSetting> Settings => [new PlanSetting("answers", "held to the document")];

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        ClientResponse response = context.Response;
        if (context.Failure is not null || IsPreflight(context) || response.StatusCode == StatusCodes.Status101SwitchingProtocols)
            return ValueTask.CompletedTask;
        if (!rules.TryFind(response.StatusCode, out AnswerRule? rule))
        {
            // RFC 9110 §15.4.5: where a condition held there would have been the declared answer.
            bool isBroken = response.StatusCode != StatusCodes.Status304NotModified;
            if (isBroken)
                watch.Tell(context, AnswerFault.Status, "", "has a status that is not declared");
            watch.Count(isBroken ? AnswerResult.Broken : AnswerResult.Valid);
            return ValueTask.CompletedTask;
        }

        bool isWhole = HeadersHold(context, rule);
        if (rule.Bodies is not { } bodies || !HasContent(context))
            watch.Count(isWhole ? AnswerResult.Valid : AnswerResult.Broken);
        else
            CheckContent(context, bodies, isWhole);
        return ValueTask.CompletedTask;
    }

    private void CheckContent(GatewayContext context, BodyChecks bodies, bool isWhole)
    {
        IHeaderDictionary headers = context.Response.Headers;
        string contentType = headers.ContentType.ToString();
        if (bodies.Find(contentType) is not { } rule)
        {
            watch.Tell(context, AnswerFault.MediaType, "", contentType.Length == 0 ? "has no media type" : $"has a media type that is not declared for its status; declared is {bodies.List}");
            watch.Count(AnswerResult.Broken);
            return;
        }

        bool isRead = BodyChecks.Reads(rule, contentType) && context.Request.Method != "HEAD" && context.Response.StatusCode != StatusCodes.Status206PartialContent;
        if (!isRead || context.Response.Body is not { } body)
            watch.Count(isWhole ? AnswerResult.Valid : AnswerResult.Broken);
        else if (headers.ContentEncoding.Count > 0 && headers.ContentEncoding != "identity")
            watch.Count(isWhole ? AnswerResult.Compressed : AnswerResult.Broken);
        else if (headers.ContentLength > AnswerWatch.MostBytes)
            watch.Count(isWhole ? AnswerResult.TooLarge : AnswerResult.Broken);
        else
            context.Response.BeginChecking().Begin(body, rule, names, watch, isBroken: !isWhole);
    }

    // RFC 9110 §6.4.1: what has no content whatever its fields say. HEAD has the fields of GET.
    private static bool HasContent(GatewayContext context) => context.Response.StatusCode is >= 200 and not 204 and not 304;

    private bool HeadersHold(GatewayContext context, AnswerRule rule)
    {
        bool hold = true;
        foreach (ParameterRule header in rule.Headers)
        {
            StringValues values = context.Response.Headers[header.Name];
            string? fault = values.Count > 0 ? FaultOf(header, values) : header.Required ? "is missing" : null;
            if (fault is null)
                continue;
            hold = false;
            watch.Tell(context, AnswerFault.Header, header.Name, fault);
        }

        return hold;
    }

    private static string? FaultOf(ParameterRule header, StringValues values)
    {
        if (header.Validator is null)
            return null;
        var found = default(Violations);
        var reader = new ParameterReader(header, ValidationMemory.ForThread(ValidationPolicy.MostEventThreadSteps));
        foreach (string? value in values)
            reader.Add(value);
        reader.Finish(ref found);
        return found.Any ? found.All[0].Detail : null;
    }

    private static bool IsPreflight(GatewayContext context) => context.Request.Method == "OPTIONS" && context.Operation!.Operation.Method != "OPTIONS";
}
