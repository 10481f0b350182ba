namespace Commerce.Tests.Support;

/// <summary>Bodies that many tests send.</summary>
internal static class Requests
{
    public static readonly object Address = new { street = "1 Canal Street", city = "Lockport", postalCode = "10001", country = "US" };

    public static object Order(string userId, params (string ProductId, int Quantity)[] items) => new
    {
        userId,
        items = items.Select(item => new { productId = item.ProductId, quantity = item.Quantity }),
        shippingAddress = Address,
    };

    public static object User(string username, params string[] roles) => new
    {
        username,
        email = $"{username}@example.com",
        password = "correct horse battery",
        profile = new { firstName = "Test", lastName = "Person" },
        roles,
    };

    public static (string, string) Key(string key) => ("Idempotency-Key", key);
}
