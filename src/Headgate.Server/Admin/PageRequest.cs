using System.Buffers.Text;
using System.Text;
using Headgate.Server.Reporting;

namespace Headgate.Server.Admin;

/// <summary>
/// Which page of a list is asked for: <c>?limit=</c> and <c>?cursor=</c>. A list is in the order of a key, and a cursor holds the key of the last item seen, so
/// that items which come and go meanwhile make none appear twice or be left out.
/// </summary>
/// <param name="Limit">The most items.</param>
/// <param name="After">The key of the last item of the page before; null for the first page.</param>
internal sealed record PageRequest(int Limit, string? After)
{
    /// <summary>Items of a page when the request does not say.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most items of a page.</summary>
    public const int MaxLimit = 1000;

    // Base64url of a key. Names of a document may be long; a request line has room for 8 KiB.
    private const int MaxCursorLength = 6000;

    /// <summary>What to read of a list to know whether it goes on: one more than the page has.</summary>
    public int Wanted => Limit + 1;

    /// <summary>What the query says. Null when it is wrong: then the answer, a 400, is written already.</summary>
    public static async Task<PageRequest?> ReadAsync(HttpContext context)
    {
        if (await AdminQuery.ReadCountAsync(context, "limit", 1, MaxLimit, DefaultLimit) is not { } limit)
            return null;

        if (context.Request.Query["cursor"] is not [.., { } cursor])
            return new PageRequest(limit, null);
        if (Decode(cursor) is { } after)
            return new PageRequest(limit, after);
        await AdminProblem.Invalid(context, "The query parameter cursor is not the next of an earlier page.");
        return null;
    }

    /// <summary>The page, of at most <see cref="Wanted"/> items that come after <see cref="After"/>.</summary>
    public PageReport<T> Of<T>(IReadOnlyList<T> found, Func<T, string> keyOf) => found.Count <= Limit
        ? new PageReport<T>(found, null)
        : new PageReport<T>([.. found.Take(Limit)], Base64Url.EncodeToString(Encoding.UTF8.GetBytes(keyOf(found[Limit - 1]))));

    private static string? Decode(string cursor)
    {
        if (cursor.Length is 0 or > MaxCursorLength || !Base64Url.IsValid(cursor))
            return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }
}
