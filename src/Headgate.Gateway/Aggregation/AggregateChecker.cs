using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Aggregation;

/// <summary>Checks what the types of <see cref="AggregateExtension"/> cannot say. Stateless, thread-safe.</summary>
/// <param name="settingsServices">The names of the services that the instance's settings know.</param>
internal sealed class AggregateChecker(IReadOnlyCollection<string> settingsServices)
{
    private readonly CallChecker _calls = new(settingsServices);

    /// <summary>Reports what is wrong.</summary>
    public void Check(ApiDocument document, ApiOperation operation, AggregateExtension extension, DiagnosticBag diagnostics)
    {
        var parts = new Dictionary<string, AggregatePart>(StringComparer.Ordinal);
        foreach (AggregatePart part in extension.Parts)
        {
            if (part.Field == AggregateBody.ErrorsField)
                diagnostics.Add(AggregateDiagnostics.ReservedField, NodeOf(part, operation).At("field"), $"The member '{part.Field}' tells which parts failed.", "Give the part another field.");
            if (!parts.TryAdd(part.Field, part))
                diagnostics.Add(AggregateDiagnostics.DuplicateField, NodeOf(part, operation).At("field"), $"Two parts have the field '{part.Field}'.", "Give each a field of its own.");
        }

        ExpressionScope scope = ExpressionScopes.Of(document, operation) with { AllParts = parts.Keys };
        foreach (AggregatePart part in extension.Parts)
        {
            _calls.Check(document, part, diagnostics);
            CheckMethod(part, operation, diagnostics);
            CheckCache(part, operation, diagnostics);
            ExpressionScope seen = scope with { Parts = CheckDependencies(part, parts, operation, diagnostics) };
            seen.Check(part.Path, diagnostics);
            seen.Check(part.Input, diagnostics);
            seen.Check(part.Fallback, diagnostics);
        }
    }

    // RFC 9110 §9.3.2, §9.3.6.
    private static void CheckMethod(AggregatePart part, ApiOperation operation, DiagnosticBag diagnostics)
    {
        if (part.Method is "HEAD" or "CONNECT")
            diagnostics.Add(AggregateDiagnostics.NoContent, NodeOf(part, operation).At("method"), $"Answers to {part.Method} have no content: '{part.Field}' would always fail.", "Ask with GET.");
    }

    // RFC 9110 §9.3.1: a body of GET is part of no key; and answers to other methods are of the one request.
    private static void CheckCache(AggregatePart part, ApiOperation operation, DiagnosticBag diagnostics)
    {
        if (part.Cache is { Enabled: true } && (part.Method != "GET" || part.Input is not null))
        {
            diagnostics.Add(
                AggregateDiagnostics.PartNotCached, NodeOf(part, operation).At("cache"), $"The part '{part.Field}' is asked for with {(part.Method == "GET" ? "a body" : part.Method)}: its answers are not stored.",
                "Leave the cache out, or ask with GET and without input.");
        }
    }

    /// <summary>Everything that is there before the part is asked for, directly or by way of others.</summary>
    private static HashSet<string> CheckDependencies(AggregatePart part, Dictionary<string, AggregatePart> parts, ApiOperation operation, DiagnosticBag diagnostics)
    {
        DocumentNode node = NodeOf(part, operation).At("dependsOn");
        foreach (string name in part.DependsOn.Where(name => !parts.ContainsKey(name)))
        {
            string? closest = Suggestion.Closest(name, parts.Keys);
            diagnostics.Add(AggregateDiagnostics.UnknownPart, node, $"There is no part '{name}'.", closest is null ? $"The parts are {string.Join(", ", parts.Keys)}." : $"Did you mean '{closest}'?");
        }

        var before = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(part.DependsOn);
        while (open.TryPop(out string? name))
        {
            if (parts.TryGetValue(name, out AggregatePart? other) && before.Add(name))
            {
                foreach (string next in other.DependsOn)
                    open.Push(next);
            }
        }

        if (before.Remove(part.Field))
            diagnostics.Add(AggregateDiagnostics.Cycle, node, $"The part '{part.Field}' waits for itself, by way of {string.Join(", ", part.DependsOn)}.", "Break the circle.");
        return before;
    }

    private static DocumentNode NodeOf(AggregatePart part, ApiOperation operation) => part.Node ?? operation.Node;
}
