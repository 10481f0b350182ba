using System.Globalization;
using System.Text.Json;
using Headgate.OpenApi.Schemas;
using Headgate.OpenApi.Schemas.Instances;
using Headgate.Server.Reporting;
using Microsoft.Extensions.Primitives;

namespace Headgate.Server.Admin;

/// <summary>A parameter of an operation of the admin API: one value in path or query. Immutable and thread-safe.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsInPath">Whether it stands in the path.</param>
/// <param name="Validator">What its value has to be.</param>
internal sealed record AdminParameter(string Name, bool IsInPath, SchemaValidator Validator)
{
    /// <summary>What is wrong with it in a request. One that is not given is in order: none is required but those of the path, which routing finds.</summary>
    public IReadOnlyList<ProblemError> ProblemsOf(HttpContext context, ValidationSession session)
    {
        StringValues values = IsInPath ? new StringValues((string?)context.GetRouteValue(Name)) : context.Request.Query[Name];
        string place = $"#/{(IsInPath ? "path" : "query")}/{Name}";
        return values switch
        {
            [] => [],
            [{ } text] => Validator.Validate(JsonOf(text), session) ? [] : [.. session.Violations.Select(violation => new ProblemError(place, violation.Detail))],
            _ => [new ProblemError(place, "must be given once")],
        };
    }

    // What is not a number stays a string, and breaks the schema as one.
    private byte[] JsonOf(string text) => (Validator.Types & JsonTypes.String) == 0 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? JsonSerializer.SerializeToUtf8Bytes(number)
        : JsonSerializer.SerializeToUtf8Bytes(text);
}
