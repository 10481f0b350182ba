using Commerce.Shared.Web;

namespace Commerce.Orders;

/// <summary>Which orders a caller wants to see, within what the caller may see.</summary>
internal sealed record OrderFilter(string? UserId, IReadOnlyList<OrderStatus> Status, string? CreatedAfter, string OrderBy)
{
    private static readonly Dictionary<string, string> Sortable = new()
    {
        ["createdAt"] = "created_at",
        ["updatedAt"] = "updated_at",
        ["total"] = "total_minor",
    };

    public static OrderFilter Read(ServiceRequest request)
    {
        var userId = request.Query.Text("userId");
        if (userId is not null && !request.Caller.MaySee(userId))
            throw ApiException.Forbidden("Only administrators may list the orders of other users.");
        return new OrderFilter(
            userId ?? (request.Caller.IsOperator ? null : request.Caller.User),
            request.Query.Enums<OrderStatus>("status"),
            request.Query.Timestamp("createdAfter"),
            request.Query.OrderBy(Sortable, "created_at DESC"));
    }
}
