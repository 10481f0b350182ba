using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans.Listing;
using Headgate.Gateway.Policies.Validation;
using Headgate.Gateway.Representations;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Policies.View;

/// <summary>
/// Gives of a successful JSON answer the fields of the view that the request asks for. A view is a representation of its own (RFC 9110 §3.2): its entity tags are its own, and ranges
/// would be of other bytes. Stands before the cache, which therefore stores the whole answer once for all views.
/// </summary>
internal sealed class ViewPolicy(ViewChoice choice, ViewExtension declared) : GatewayPolicy
{
    public override string Name => "view";

    public override PolicyPhases Phases => PolicyPhases.Both;

    public override IEnumerable<PlanSetting> Settings => PlanSetting.Of("view", declared);

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        // What a service has compressed no view can be taken of.
        context.WantsPlainAnswer = true;
        if (!choice.TryChoose(context, out ViewPlan? view))
        {
            context.Explanation?.Add(Name, "refused", $"the request names none of {choice.Names}");
            return new ValueTask<PolicyVerdict>(context.Fail(new GatewayFailure(ViewErrors.Unknown, $"The views are {choice.Names}.")));
        }

        context.Explanation?.Add(Name, view is null ? "whole" : "chosen", view is null ? "the request names no view: the whole answer" : $"the fields of '{view.Name}'");
        context.View = view;
        if (view is not null && context.Explanation is null)
            SpeakOfTheWhole(context.Request.Headers, view);
        return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
    }

    public override ValueTask OnResponseAsync(GatewayContext context)
    {
        ClientResponse response = context.Response;
        if (context.Failure is not null || response.StatusCode == StatusCodes.Status101SwitchingProtocols)
            return ValueTask.CompletedTask;

        // RFC 9110 §12.5.5: a cache must not give one view to who asked for another.
        VaryField.Add(response.Headers, choice.Header);
        if (choice.AsksCaller)
            VaryField.Add(response.Headers, "Authorization");
        if (context.View is not { } view || !HasView(response))
            return ValueTask.CompletedTask;
        bool isCoded = response.Headers.ContentEncoding is [{ } coding] && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase);
        Describe(response.Headers, view);
        bool hasContent = response.StatusCode != StatusCodes.Status304NotModified && context.Request.Method != "HEAD";
        if (hasContent && response.Body is { } body)
            response.Body = context.ViewBody.Begin(body, view, isCoded);
        return ValueTask.CompletedTask;
    }

    private static bool HasView(ClientResponse response)
    {
        if (response.StatusCode == StatusCodes.Status304NotModified)
            return true;
        return response.StatusCode is >= 200 and < 300 and not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status206PartialContent)
            && response.Headers.ContentType is [{ } type] && MediaType.KindOf(MediaType.Essence(type)) == MediaKind.Json;
    }

    // The service knows the whole alone: of it the client's conditions speak from here on, and a part of it is no part of the view.
    private static void SpeakOfTheWhole(IHeaderDictionary headers, ViewPlan view)
    {
        headers.Range = default;
        headers.IfRange = default;
        if (headers.IfNoneMatch.Count > 0)
        {
            // RFC 9110 §13.1.3: beside it the date does not count, and must not begin to when no tag is left.
            headers.IfModifiedSince = default;
            headers.IfNoneMatch = ViewTags.OfWhole(headers.IfNoneMatch, view.TagEnd, keepsOthers: false);
        }

        // A condition of a change is about the resource: whoever has seen the whole has seen it as well.
        if (headers.IfMatch.Count > 0)
            headers.IfMatch = ViewTags.OfWhole(headers.IfMatch, view.TagEnd, keepsOthers: true);
    }

    private static void Describe(IHeaderDictionary headers, ViewPlan view)
    {
        headers.ContentLength = null;
        headers.TransferEncoding = default;
        headers.AcceptRanges = default;

        // A digest of the whole answer is none of the view.
        DigestFields.RemoveFrom(headers);
        if (headers.ETag is [{ } tag])
            headers.ETag = ViewTags.OfView(tag, view.TagEnd);
    }
}
