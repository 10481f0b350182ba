using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>What a deprecated operation says of itself, as header fields. Immutable.</summary>
internal sealed class SunsetPlan
{
    /// <param name="extension">What the document says.</param>
    /// <param name="deprecatedSince">Since when it is deprecated.</param>
    public SunsetPlan(SunsetExtension extension, DateTimeOffset deprecatedSince)
    {
        // RFC 9745 §2.1: a Date of RFC 9651 §3.3.7.
        Deprecation = string.Create(CultureInfo.InvariantCulture, $"@{deprecatedSince.ToUnixTimeSeconds()}");

        // RFC 8594 §3: an HTTP-date.
        Sunset = extension.Date?.ToString("r", CultureInfo.InvariantCulture);
        Links = LinksOf(extension);
        GoneAt = extension.Gone ? extension.Date : null;
        Successor = extension.Successor;
        Declared = extension;
    }

    /// <summary>What the document says.</summary>
    public SunsetExtension Declared { get; }

    /// <summary>The value of <c>Deprecation</c>.</summary>
    public string Deprecation { get; }

    /// <summary>The value of <c>Sunset</c>; null where the end is not decided.</summary>
    public string? Sunset { get; }

    /// <summary>The values of <c>Link</c> that are added to those of the service.</summary>
    public StringValues Links { get; }

    /// <summary>From when on the answer is 410; null for never.</summary>
    public DateTimeOffset? GoneAt { get; }

    /// <summary>What takes its place; null for nothing.</summary>
    public string? Successor { get; }

    // RFC 8288 §3; the relation types are those of RFC 5829 §3.3 and RFC 9745 §3.
    private static StringValues LinksOf(SunsetExtension extension)
    {
        string?[] links =
        [
            extension.Successor is { } successor ? $"<{successor}>; rel=\"successor-version\"" : null,
            extension.Documentation is { } page ? $"<{page}>; rel=\"deprecation\"; type=\"text/html\"" : null,
        ];
        return new StringValues([.. links.OfType<string>()]);
    }
}
