using Headgate.OpenApi.Schemas;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary>What the document says of the requests of one operation. Immutable and thread-safe.</summary>
/// <param name="Parameters">The parameters in path and query.</param>
/// <param name="Body">What checks the body; null when there is none.</param>
internal sealed record AdminOperation(IReadOnlyList<AdminParameter> Parameters, SchemaValidator? Body)
{
    /// <summary>Everything that is wrong with path and query of a request.</summary>
    public IReadOnlyList<ProblemError> ProblemsOf(HttpContext context)
    {
        var session = new ValidationSession();
        IEnumerable<ProblemError> unknown = context.Request.Query.Keys
            .Where(name => !Parameters.Any(parameter => !parameter.IsInPath && parameter.Name == name))
            .Select(name => new ProblemError($"#/query/{name}", "is not a parameter of the operation"));
        return [.. Parameters.SelectMany(parameter => parameter.ProblemsOf(context, session)), .. unknown];
    }
}
