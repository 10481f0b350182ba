using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Telemetry;
using Headgate.Server.Reporting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headgate.Server.Explaining;

/// <summary>
/// Says what would happen to a request: it walks the plan as a real one would, up to the handler, and nobody is called and nothing counted. Thread-safe.
/// </summary>
internal sealed class Explainer(PlanHolder plans, TimeProvider time)
{
    // Explanations are no requests: they go past the recorder, and so past metrics and access log.
    private readonly GatewayApplication _application =
        new(plans, new RequestRunner(new ErrorWriter(time), NullLogger<RequestRunner>.Instance), new RequestRecorder(), time);

    /// <summary>Explains.</summary>
    /// <returns>The report; null, with the reason, when what was given could not be a request.</returns>
    public async Task<(ExplainReport? Report, string Reason)> ExplainAsync(ExplainRequest request)
    {
        if (SyntheticRequest.Create(request, out string reason) is not { } features)
            return (null, reason);
        GatewayContext context = _application.CreateContext(features);
        var explanation = new Explanation();
        int? status = await RequestRunner.ExplainAsync(context, explanation);
        return (Report(request, context, explanation, status), "");
    }

    private static ExplainReport Report(ExplainRequest request, GatewayContext context, Explanation explanation, int? status)
    {
        GatewayErrorKind? error = context.Failure?.Kind;
        if (status is null)
            error ??= context.Operation?.Handler.Refusal;
        return new ExplainReport(
            request.Method,
            ShownUrl.Of(context.Plan, request.Url),
            status ?? error?.Status,
            error?.Code,
            context.Operation?.Id,
            context.Operation?.Api.Name,
            [.. explanation.Steps.Select(step => new ExplainStep(step.By, step.Decision, step.Reason))]);
    }
}
