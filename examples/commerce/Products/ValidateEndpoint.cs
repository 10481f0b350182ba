using Commerce.Shared.Hosting;
using Commerce.Shared.Web;

namespace Commerce.Products;

/// <summary>Says whether products exist and may be ordered, with their present names and prices.</summary>
internal sealed class ValidateEndpoint(ServiceRuntime runtime)
{
    public const int MostProducts = 200;

    public void Map(ServiceRoutes routes) =>
        routes.Post("/products/validate", Access.Public, request => Task.FromResult(Validate(request)));

    private Answer Validate(ServiceRequest request)
    {
        var wanted = request.Body<ValidateProductsRequest>();
        Check(wanted);
        string[] ids = [.. wanted.Ids.Distinct()];
        var found = runtime.Database.Read(connection => ProductStore.Find(connection, ids)).Where(row => row.IsActive).ToDictionary(row => row.Id);
        string[] invalid = [.. ids.Where(id => !found.ContainsKey(id))];
        if (invalid.Length > 0)
        {
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, "INVALID_PRODUCTS",
                "Some products do not exist or cannot be ordered.", new { productIds = invalid });
        }

        return Answer.Ok(new ValidateProductsResponse(true, [.. ids.Select(id => found[id].ToProduct())]));
    }

    private static void Check(ValidateProductsRequest wanted)
    {
        if (wanted is { ProductIds: null, Items: null })
            throw ApiException.Invalid("", "must have productIds or items");
        var violations = new Violations();
        violations.Require(wanted.Ids.Count() is > 0 and <= MostProducts, wanted.Items is null ? "/productIds" : "/items",
            $"must name 1 to {MostProducts} products");
        for (var i = 0; i < (wanted.Items?.Count ?? 0); i++)
            violations.Require(wanted.Items![i].Quantity >= 1, $"/items/{i}/quantity", "must be at least 1");
        violations.ThrowIfAny();
    }
}
