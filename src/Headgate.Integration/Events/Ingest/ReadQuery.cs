using System.Globalization;
using Headgate.Gateway.BuiltIns;
using Headgate.Gateway.Errors;
using Headgate.Integration.Events.Log;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Headgate.Integration.Events.Ingest;

/// <summary>What a request to read asks for. Immutable.</summary>
/// <param name="After">The offset after which to read; null for the earliest event.</param>
/// <param name="IsLatest">Whether to read from the end on.</param>
/// <param name="Filter">What is wanted.</param>
/// <param name="Limit">The most events.</param>
/// <param name="Wait">How long to wait for the first.</param>
internal sealed record ReadQuery(long? After, bool IsLatest, EventFilter Filter, int Limit, TimeSpan Wait)
{
    private const int DefaultLimit = 100;

    /// <summary>Reads a query that is as the document declares it.</summary>
    /// <param name="query">The query.</param>
    /// <param name="tenant">The tenant whose events alone may be read; null for all.</param>
    public static (ReadQuery? Query, GatewayFailure? Failure) Read(string query, string? tenant)
    {
        Dictionary<string, StringValues> values = QueryHelpers.ParseQuery(query);
        string? after = Value("after");
        (EventFilter? filter, string? problem) = EventFilter.Of(Value("type")?.Split(',') ?? [], tenant);
        if (filter is null)
            return (null, new GatewayFailure(ErrorCatalogue.RequestInvalid, "The request is not as the operation takes it.") { Errors = [new FailureDetail("#/query/type", problem!)] });
        return (new ReadQuery(
            after is null or "latest" ? null : long.Parse(after, CultureInfo.InvariantCulture), after == "latest", filter, Number("limit", DefaultLimit), TimeSpan.FromSeconds(Number("wait", 0))), null);

        string? Value(string name) => values.TryGetValue(name, out StringValues value) ? value[0] : null;

        int Number(string name, int fallback) => Value(name) is { } text ? (int)WholeNumber.Read(text) : fallback;
    }
}
