using Commerce.Shared.Web;

namespace Commerce.Shared.Models;

/// <summary>Which page a caller wants: <c>page</c> from 1, <c>size</c> (or its alias <c>limit</c>) from 1 to 100.</summary>
internal sealed record PageQuery(int Page, int Size)
{
    public const int DefaultSize = 20;
    public const int LargestSize = 100;

    public long Offset => (long)(Page - 1) * Size;

    public static PageQuery Read(QueryReader query)
    {
        var limit = query.Integer("limit", DefaultSize, 1, LargestSize);
        return new PageQuery(query.Integer("page", 1, 1, int.MaxValue), query.Integer("size", limit, 1, LargestSize));
    }

    public PageResponse<T> Answer<T>(IReadOnlyList<T> content, long total)
    {
        var pages = (int)Math.Min(int.MaxValue, (total + Size - 1) / Size);
        return new PageResponse<T>(content, Page, Size, total, pages, Page == 1, Page >= pages);
    }
}
