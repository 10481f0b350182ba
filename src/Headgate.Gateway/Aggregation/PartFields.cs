using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Aggregation;

/// <summary>
/// The header fields of a request as its parts have them: those that tell of the caller and of what he wants, not those that tell of the client's message, of what it has stored already,
/// or of the form of an answer that it will not see. What belongs to a hop is dropped where every forwarded request's is. Belongs to one request at a time.
/// </summary>
internal sealed class PartFields
{
    // RFC 9110 §10.1.1, §12.5.3, §13.1, §14.2, §10.1.4, RFC 9112 §6.1. A key of idempotency is for one operation, which no part is.
    private static readonly string[] s_dropped = ["Accept", "Accept-Encoding", "Expect", "Range", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Idempotency-Key", "Digest", "Repr-Digest"];

    /// <summary>The fields. Only read by parts, which share them.</summary>
    public IHeaderDictionary Fields { get; } = new HeaderDictionary();

    /// <summary>Takes over the fields of a client's request.</summary>
    public void Fill(IHeaderDictionary client)
    {
        Fields.Clear();
        foreach ((string name, StringValues values) in client)
        {
            if (!IsDropped(name))
                Fields[name] = values;
        }

        Fields.Accept = "application/json";

        // Bytes are put together as they come: a coding would have to be undone first.
        Fields.AcceptEncoding = "identity";
    }

    /// <summary>The fields with those of a body of JSON.</summary>
    public IHeaderDictionary WithBody(int length)
    {
        IHeaderDictionary own = new HeaderDictionary(Fields.Count + 2);
        foreach ((string name, StringValues values) in Fields)
            own[name] = values;
        own.ContentType = "application/json";
        own.ContentLength = length;
        return own;
    }

    private static bool IsDropped(string name)
    {
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("If-", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (string dropped in s_dropped)
        {
            if (name.Equals(dropped, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
