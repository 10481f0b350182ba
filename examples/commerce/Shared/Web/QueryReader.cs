using System.Globalization;
using Commerce.Shared.Data;
using Microsoft.Extensions.Primitives;

namespace Commerce.Shared.Web;

/// <summary>Reads query parameters; a value that cannot be meant is a 400 that names the parameter.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    public string? Text(string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public int Integer(string name, int fallback, int smallest, int largest)
    {
        if (Text(name) is not { } text)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= smallest && value <= largest
            ? value
            : throw Invalid(name, $"must be a whole number from {smallest} to {largest}");
    }

    public decimal? Decimal(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value <= 1_000_000_000m
            ? value
            : throw Invalid(name, "must be a number from 0 to 1000000000");
    }

    public string? Timestamp(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Timestamps.Text(time)
            : throw Invalid(name, "must be an RFC 3339 date-time");
    }

    /// <summary>Every value given for <paramref name="name"/>, repeated or in one comma-separated list.</summary>
    public IReadOnlyList<T> Enums<T>(string name)
        where T : struct, Enum
    {
        if (query[name] is not { Count: > 0 } values)
            return [];
        return [.. Split(values).Select(text => EnumText<T>.TryParse(text, out var value)
            ? value
            : throw Invalid(name, $"must be one of {string.Join(", ", EnumText<T>.Names)}"))];
    }

    /// <summary>Reads <c>price</c>, <c>-price</c> or <c>price,desc</c> against the columns that may be sorted by.</summary>
    public string OrderBy(IReadOnlyDictionary<string, string> columns, string fallback)
    {
        if (Text("sort") is not { } text)
            return fallback;
        var parts = text.TrimStart('-').Split(',');
        var descending = text.StartsWith('-') || (parts.Length == 2 && parts[1] == "desc");
        var direction = parts.Length == 1 || parts[1] is "asc" or "desc";
        return parts.Length <= 2 && direction && columns.TryGetValue(parts[0], out var column)
            ? $"{column} {(descending ? "DESC" : "ASC")}"
            : throw Invalid("sort", $"must be one of {string.Join(", ", columns.Keys)}, with '-' before or ',desc' after it to turn it round");
    }

    private static IEnumerable<string> Split(StringValues values) =>
        values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static ApiException Invalid(string name, string detail) => ApiException.Invalid($"query/{name}", detail);
}
