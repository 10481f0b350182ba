using System.Text.RegularExpressions;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>Checks what the types of <see cref="AuthorizeExtension"/> cannot say. Stateless, thread-safe.</summary>
public static partial class AuthorizeChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiDocument document, ApiOperation operation, AuthorizeExtension extension, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!operation.Security.Any(requirement => requirement.Schemes.Count > 0))
            diagnostics.Add(AuthorizeDiagnostics.NoCaller, extension.Node ?? operation.Node, "The operation is public: there is nobody who could be permitted.", "Declare 'security'.");
        CheckRule(operation, extension, diagnostics);
    }

    private static void CheckRule(ApiOperation operation, AuthorizeExtension rule, DiagnosticBag diagnostics)
    {
        DocumentNode node = rule.Node ?? operation.Node;
        if (rule.Permission is null && rule.AnyOf.Count == 0 && rule.AllOf.Count == 0)
            diagnostics.Add(AuthorizeDiagnostics.EmptyRule, node, "The rule asks for nothing.", "Add 'permission', 'anyOf' or 'allOf'.");
        if (rule.Permission is { } permission && !Permission().IsMatch(permission))
            diagnostics.Add(AuthorizeDiagnostics.BadPermission, node.At("permission"), $"'{permission}' is not a permission.", "Write segments joined by colons: application:read. What is asked for has no '*'.");
        if (rule.Scope is { } scope)
            CheckScope(operation, scope, node.At("scope"), diagnostics);
        foreach (AuthorizeExtension inner in rule.AnyOf.Concat(rule.AllOf))
            CheckRule(operation, inner, diagnostics);
    }

    private static void CheckScope(ApiOperation operation, string scope, DocumentNode node, DiagnosticBag diagnostics)
    {
        if (!Scope().IsMatch(scope))
        {
            diagnostics.Add(AuthorizeDiagnostics.BadScope, node, $"'{scope}' is not a scope.", "Write KIND:VALUE, such as team:frontend or team:{teamId}.");
            return;
        }

        string value = scope[(scope.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!value.StartsWith('{') || operation.Path.ParameterNames.Contains(value[1..^1]))
            return;
        string? closest = Suggestion.Closest(value[1..^1], operation.Path.ParameterNames);
        diagnostics.Add(AuthorizeDiagnostics.BadScope, node, $"The path has no parameter '{value[1..^1]}'.", closest is null ? null : $"Did you mean '{{{closest}}}'?");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+(:[A-Za-z0-9_.-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Permission();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+:([A-Za-z0-9_.-]+|\{[^{}]+\})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
