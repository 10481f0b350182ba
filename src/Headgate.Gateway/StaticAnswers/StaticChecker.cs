using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Cache;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.StaticAnswers;

/// <summary>Checks what the types of <see cref="StaticExtension"/> cannot say. Whether the document declares the answer, compiling it finds out. Stateless, thread-safe.</summary>
internal static class StaticChecker
{
    // What the answer itself decides: its framing, its type, its validators, what it varies by.
    private static readonly string[] s_ownFields = ["Content-Type", "Content-Length", "Content-Encoding", "Date", "ETag", "Last-Modified", "Vary", "Preference-Applied", "X-Request-ID"];

    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, ApiOperation operation, StaticExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? operation.Node;
        ExpressionScopes.Of(document, operation).Check(extension.Body, diagnostics);
        foreach (string name in extension.Headers.Keys)
        {
            if (s_ownFields.Contains(name, StringComparer.OrdinalIgnoreCase) || ResponseHeaderRules.IsHopByHop(name))
                diagnostics.Add(StaticDiagnostics.OwnField, node.At("headers", name), $"'{name}' is written by Headgate itself, or belongs to the connection.", name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? "Use contentType." : "Leave it out.");
        }

        if (extension.Enabled && operation.Extensions.Get<CacheExtension>() is { Enabled: true } cache)
            diagnostics.Add(StaticDiagnostics.NotCached, cache.Node ?? node, "x-gateway-cache has no effect here: what the document answers is in memory anyway.", "Leave it out; say with headers how long clients may keep the answer.");
        if (extension.Body is not { } body)
            return;
        if (extension.Example is not null)
            diagnostics.Add(StaticDiagnostics.BodyAndExample, body.Node, "The answer is a body and an example at once.", "Keep one of the two.");
        if (extension.Status is { } status && !StatusRules.HasContent(status))
            diagnostics.Add(StaticDiagnostics.BodyNotAllowed, body.Node, $"An answer with status {status} has no body.", "Leave out the body, or give another status.");
    }
}
