using Headgate.Gateway.Errors;
using Headgate.Gateway.Policies.Cors;
using Headgate.Gateway.Routing;
using Microsoft.AspNetCore.Http;

namespace Headgate.Gateway.Pipeline;

/// <summary>Finds the operation of a request, and answers what no operation answers: unknown paths, other methods, OPTIONS.</summary>
internal static class RequestRouting
{
    public static PolicyVerdict Apply(GatewayContext context)
    {
        ClientRequest request = context.Request;
        if (!RequestTarget.TryNormalise(request.RawTarget, out string path, out string query, out string? reason) && request.RawTarget != "*")
            return Refuse(context, new GatewayFailure(ErrorCatalogue.RequestTargetInvalid, $"The request target is refused: {reason}."));

        (request.Path, request.Query) = (path, query);
        RouteMatch match = Match(context, path, out GatewayFailure? failure);
        if (failure is not null)
        {
            context.Dialect = match.Methods?.First.Api.Dialect;
            return Refuse(context, failure);
        }

        if (match.Operation is { } operation)
        {
            context.Operation = operation;
            context.Explanation?.Add("route", "matched", $"{operation.Operation.Method} {operation.Operation.Path.Text} is {operation.Id} of {operation.Api.Name}");
            return PolicyVerdict.Continue;
        }

        if (match.Methods is { } methods)
            return request.Method == "OPTIONS" ? AnswerOptions(context, methods) : RefuseMethod(context, methods);
        return Refuse(context, new GatewayFailure(ErrorCatalogue.RouteNotFound, $"No document declares a path that matches {path}."));
    }

    private static RouteMatch Match(GatewayContext context, string path, out GatewayFailure? failure)
    {
        string method = DeclaredMethodOf(context.Request);
        if (context.Plan.Versions is { } versions)
            return versions.Match(context, method, path, out failure);
        failure = null;
        return context.Plan.Routes.Match(method, path, context.PathValues);
    }

    // RFC 8441 §5: an extended CONNECT stands for the GET with which HTTP/1.1 opens a WebSocket, which is what a document declares.
    private static string DeclaredMethodOf(ClientRequest request) => request.ExtendedConnectProtocol is null ? request.Method : "GET";

    // RFC 9110 §9.3.7, and the CORS protocol's preflight (WHATWG Fetch §3.3.2), which no document declares by hand.
    private static PolicyVerdict AnswerOptions(GatewayContext context, MethodTable methods)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = methods.Allow;
        string? wanted = context.Request.Headers.AccessControlRequestMethod;
        if (wanted is not null && methods.Find(wanted) is { } operation)
        {
            context.Operation = operation;
            CorsPreflight.Answer(context, operation, methods.Allow);
        }

        context.Explanation?.Add("route", "answered", $"OPTIONS with Allow: {methods.Allow}");
        return PolicyVerdict.Answered;
    }

    private static PolicyVerdict RefuseMethod(GatewayContext context, MethodTable methods)
    {
        string detail = $"The path is declared for {methods.Allow}, not for {context.Request.Method}.";
        context.Dialect = methods.First.Api.Dialect;
        return Refuse(context, new GatewayFailure(ErrorCatalogue.MethodNotAllowed, detail) { Allow = methods.Allow });
    }

    private static PolicyVerdict Refuse(GatewayContext context, GatewayFailure failure)
    {
        context.Explanation?.Add("route", "refused", failure.Detail);
        return context.Fail(failure);
    }
}
