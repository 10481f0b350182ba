using System.Collections.Frozen;
using Headgate.OpenApi.Schemas.Instances;

namespace Headgate.OpenApi.Schemas.Formats;

/// <summary>
/// The formats that are asserted: those of JSON Schema Validation 2020-12 §7.3 that OpenAPI documents use, and OpenAPI's own (OAS 3.0.4 §4.4,
/// spec.openapis.org/registry/format). <c>binary</c> and <c>password</c> say nothing about the text; what is not here is an annotation.
/// </summary>
internal static class FormatCatalogue
{
    private static readonly FrozenDictionary<string, ValueFormat> s_formats = new[]
    {
        Text("date", "a date such as 2026-03-01 (RFC 3339)", DateTimeFormats.IsDate),
        Text("date-time", "a time stamp such as 2026-03-01T12:30:00Z (RFC 3339)", DateTimeFormats.IsDateTime),
        Text("time", "a time of day such as 12:30:00Z (RFC 3339)", DateTimeFormats.IsTime),
        Text("duration", "a duration such as P1DT12H (ISO 8601)", DurationFormat.IsDuration),
        Text("email", "an e-mail address", EmailFormat.IsEmail),
        Text("hostname", "a host name", NetworkFormats.IsHostname),
        Text("ipv4", "an IPv4 address", NetworkFormats.IsIPv4),
        Text("ipv6", "an IPv6 address", NetworkFormats.IsIPv6),
        Text("uri", "an absolute URI (RFC 3986)", UriFormats.IsUri),
        Text("uri-reference", "a URI or a relative reference (RFC 3986)", UriFormats.IsUriReference),
        Text("uuid", "a UUID (RFC 9562)", TextFormats.IsUuid),
        Text("json-pointer", "a JSON Pointer (RFC 6901)", TextFormats.IsJsonPointer),
        Text("regex", "a regular expression (ECMA-262)", TextFormats.IsRegex),
        Text("byte", "Base64 with padding (RFC 4648)", TextFormats.IsBase64),
        Number("int32", "an integer of 32 bits", NumberFormats.IsInt32),
        Number("int64", "an integer of 64 bits", NumberFormats.IsInt64),
        Number("float", "a number that single precision can hold", NumberFormats.IsFloat),
        Number("double", "a number that double precision can hold", NumberFormats.IsDouble),
    }.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>All of them, by name.</summary>
    public static IEnumerable<ValueFormat> All => s_formats.Values.OrderBy(format => format.Name, StringComparer.Ordinal);

    /// <summary>The format of that name; null when it is an annotation.</summary>
    public static ValueFormat? Find(string? name) => name is not null && s_formats.TryGetValue(name, out ValueFormat? format) ? format : null;

    private static ValueFormat Text(string name, string description, FormatCheck check) => new(name, JsonTypes.String, description, check);

    private static ValueFormat Number(string name, string description, FormatCheck check) => new(name, JsonTypes.Number, description, check);
}
