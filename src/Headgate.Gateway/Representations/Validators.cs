using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Headgate.Gateway.Representations;

/// <summary>The validators of an answer (RFC 9110 §8.8). Immutable; judging allocates nothing.</summary>
internal sealed class Validators
{
    private readonly DateTimeOffset? _lastModified;
    private readonly string? _lastModifiedText;

    /// <param name="etag">The strong entity tag, in quotes.</param>
    /// <param name="lastModified">Since when the answer is what it is; null when nobody knows.</param>
    public Validators(string etag, DateTimeOffset? lastModified = null)
    {
        ETag = etag;
        if (lastModified is not { } date)
            return;

        // Dates of fields have no fractions: a condition with the very date that was sent must hold.
        _lastModified = DateTimeOffset.FromUnixTimeSeconds(date.ToUnixTimeSeconds());
        _lastModifiedText = HeaderUtilities.FormatDate(_lastModified.Value);
    }

    /// <summary>The strong entity tag, in quotes.</summary>
    public string ETag { get; }

    /// <summary>Writes the fields.</summary>
    public void Write(IHeaderDictionary headers)
    {
        headers.ETag = ETag;
        if (_lastModifiedText is not null)
            headers.LastModified = _lastModifiedText;
    }

    /// <summary>What the conditions of a <c>GET</c> or <c>HEAD</c> request come to, in the order of RFC 9110 §13.2.2.</summary>
    public Precondition Judge(IHeaderDictionary request)
    {
        if (request.IfMatch.Count > 0)
        {
            if (!EntityTags.AnyMatchesStrongly(request.IfMatch, ETag))
                return Precondition.Failed;
        }
        else if (DateOf(request.IfUnmodifiedSince) is { } unmodifiedSince && _lastModified > unmodifiedSince)
        {
            return Precondition.Failed;
        }

        // §13.1.3: If-Modified-Since does not count beside If-None-Match, which compares weakly: compressed on its way, the answer had a weak tag.
        bool isKnown = request.IfNoneMatch.Count > 0
            ? EntityTags.AnyMatches(request.IfNoneMatch, ETag)
            : DateOf(request.IfModifiedSince) is { } modifiedSince && _lastModified <= modifiedSince;
        return isKnown ? Precondition.NotModified : Precondition.Holds;
    }

    // §13.1.3: what is no date, or several, is no condition.
    private static DateTimeOffset? DateOf(StringValues field) =>
        field.Count == 1 && HeaderUtilities.TryParseDate(field[0], out DateTimeOffset date) ? date : null;
}
