using Commerce.Shared.Web;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Commerce.Products;

/// <summary>A resource's version as an entity tag, and the conditions that requests put on it (RFC 9110 §13).</summary>
internal static class EntityTag
{
    /// <summary>A resource with its entity tag, or 304 alone when the caller's copy is this version.</summary>
    // RFC 9110 §13.1.2: If-None-Match compares weakly.
    public static Answer Conditional<T>(ServiceRequest request, long version, T resource) =>
        Matches(request.Http.Request.Headers.IfNoneMatch, version, weak: true)
            ? Answer.NotModified(Of(version))
            : Tagged(Answer.Ok(resource), version);

    /// <summary>An answer with the entity tag of the version that it holds.</summary>
    public static Answer Tagged(Answer answer, long version) => answer.With("ETag", Of(version));

    /// <summary>Refuses a change that is not based on this version.</summary>
    public static void RequireMatch(ServiceRequest request, long version)
    {
        var condition = request.Http.Request.Headers.IfMatch;
        // RFC 6585 §3: without the condition two changes could overwrite each other unseen.
        if (condition.Count == 0)
        {
            throw new ApiException(StatusCodes.Status428PreconditionRequired, "PRECONDITION_REQUIRED",
                "Send If-Match with the ETag of the version that you are changing.");
        }

        // RFC 9110 §13.1.1: If-Match compares strongly, and a false condition is 412.
        if (!Matches(condition, version, weak: false))
        {
            throw new ApiException(StatusCodes.Status412PreconditionFailed, "PRECONDITION_FAILED",
                "The resource has changed since: read it again.", new { currentETag = Of(version) });
        }
    }

    private static string Of(long version) => $"\"v{version}\"";

    private static bool Matches(StringValues header, long version, bool weak)
    {
        if (header.Count == 0 || !EntityTagHeaderValue.TryParseList([.. header!], out var tags))
            return false;
        var current = new EntityTagHeaderValue(Of(version));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: !weak));
    }
}
