using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headgate.OpenApi.Schemas;

namespace Headgate.Server.Admin;

/// <summary>Reads JSON bodies of requests to the admin API, as its document declares them.</summary>
internal static class AdminBody
{
    /// <summary>The body. Null when it is not what the document says: then the answer, a 400 that names every member at fault, is written already.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        using var json = new MemoryStream();
        await context.Request.Body.CopyToAsync(json, context.RequestAborted);
        var session = new ValidationSession();
        IReadOnlyList<Violation> violations = session.Violations;
        if (AdminDocument.Current.BodyOf(context).Validate(Span(json), session))
        {
            try
            {
                return JsonSerializer.Deserialize(Span(json), type);
            }
            catch (JsonException exception)
            {
                // What is JSON and yet no value of .NET: half a surrogate pair in a string, for one.
                violations = [new Violation("", "json", $"has a value that cannot be read, at {exception.Path}")];
            }
        }

        await AdminProblem.InvalidBody(context, violations);
        return null;
    }

    private static ReadOnlySpan<byte> Span(MemoryStream json) => json.GetBuffer().AsSpan(0, (int)json.Length);
}
