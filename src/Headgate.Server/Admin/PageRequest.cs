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

    /// <summary>What to read of a list to know whether it goes on: one more than the page has.</summary>
    public int Wanted => Limit + 1;

    /// <summary>What the query says. Null when its cursor is none: then the answer, a 400, is written already.</summary>
    public static async Task<PageRequest?> ReadAsync(HttpContext context)
    {
        int limit = AdminQuery.Count(context, "limit", DefaultLimit);
        if (AdminQuery.Text(context, "cursor") is not { } cursor)
            return new PageRequest(limit, null);
        if (Base64Url.IsValid(cursor))
            return new PageRequest(limit, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)));
        await AdminProblem.Invalid(context, [new ProblemError("#/query/cursor", "must be the next of an earlier page")]);
        return null;
    }

    /// <summary>The cursor with which a list goes on after a key.</summary>
    public static string CursorOf(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>The page, of at most <see cref="Wanted"/> items that come after <see cref="After"/>.</summary>
    public PageReport<T> Of<T>(IReadOnlyList<T> found, Func<T, string> keyOf) => found.Count <= Limit
        ? new PageReport<T>(found, null)
        : new PageReport<T>([.. found.Take(Limit)], CursorOf(keyOf(found[Limit - 1])));
}
