using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.OpenApi.Values;

/// <summary>
/// What an expression can see at its place: the operation's parameters, who is known about the caller, and the answers that are
/// there by then. Immutable.
/// </summary>
public sealed record ExpressionScope
{
    /// <summary>The parameters of the operation's path template.</summary>
    public required IReadOnlyCollection<string> PathParameters { get; init; }

    /// <summary>The query parameters that the operation declares.</summary>
    public required IReadOnlyCollection<string> QueryParameters { get; init; }

    /// <summary>The header parameters that the operation declares.</summary>
    public required IReadOnlyCollection<string> Headers { get; init; }

    /// <summary>Whether the operation declares a request body.</summary>
    public required bool HasRequestBody { get; init; }

    /// <summary>Whether a caller is authenticated, so that there are claims.</summary>
    public required bool HasCaller { get; init; }

    /// <summary>Whether a tenant can be known: from the caller, or from a header that is believed.</summary>
    public required bool HasTenant { get; init; }

    /// <summary>The steps that have answered.</summary>
    public IReadOnlyCollection<string> Steps { get; init; } = [];

    /// <summary>All steps of the saga, so that a message can tell a later step from an unknown one.</summary>
    public IReadOnlyCollection<string> AllSteps { get; init; } = [];

    /// <summary>The parts that have answered.</summary>
    public IReadOnlyCollection<string> Parts { get; init; } = [];

    /// <summary>All parts of the aggregate.</summary>
    public IReadOnlyCollection<string> AllParts { get; init; } = [];

    /// <summary>What every expression of an operation sees.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="tenantFromHeader">Whether the document believes a tenant header.</param>
    public static ExpressionScope Of(ApiOperation operation, bool tenantFromHeader)
    {
        ArgumentNullException.ThrowIfNull(operation);
        bool hasCaller = operation.Security.Any(requirement => requirement.Schemes.Count > 0);
        return new ExpressionScope
        {
            PathParameters = [.. operation.Path.ParameterNames],
            QueryParameters = NamesOf(operation, ParameterLocation.Query),
            Headers = NamesOf(operation, ParameterLocation.Header),
            HasRequestBody = operation.RequestBody is not null,
            HasCaller = hasCaller,
            HasTenant = hasCaller || tenantFromHeader,
        };
    }

    /// <summary>Reports what in a value can never resolve; nothing for a value that is not given.</summary>
    public void Check(ValueExpression? value, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (value is not null)
            new ExpressionChecker(this, diagnostics).Check(value);
    }

    /// <summary>Reports what in a request target can never resolve; nothing for one that is not given.</summary>
    public void Check(TargetTemplate? target, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (target is null)
            return;
        var checker = new ExpressionChecker(this, diagnostics);
        foreach (TargetPart part in target.Parts)
        {
            if (part.Expression is not null)
                checker.Check(part.Expression);
            else if (part.Placeholder is not null)
                checker.CheckPlaceholder(part.Placeholder, target.Node);
        }
    }

    private static string[] NamesOf(ApiOperation operation, ParameterLocation location) =>
        [.. operation.Parameters.Where(parameter => parameter.In == location).Select(parameter => parameter.Name)];
}
