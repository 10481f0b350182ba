using Commerce.Tests.Support;

namespace Commerce.Tests;

public class ProductServiceTests(ShopFixture fixture)
{
    private readonly Shop _shop = fixture.Shop;

    [Fact]
    public async Task Products_StartData_IsSixtyOverEightCategoriesAllInStock()
    {
        var products = (await Public().GetAsync("/products?size=100")).Expect(200).Body!["content"]!.AsArray();
        var seeded = products.Where(product => product!["id"]!.GetValue<string>().StartsWith("product", StringComparison.Ordinal)).ToList();

        Assert.Equal(60, seeded.Count);
        Assert.Equal(8, seeded.Select(product => product!["categoryId"]!.GetValue<string>()).Distinct().Count());
        (await _shop.Anonymous("inventory-service").GetAsync("/inventory/product60")).Expect(200);
    }

    [Theory]
    [InlineData("q=SPEAKER&sort=price", new[] { "product57", "product25", "product17" })]
    [InlineData("q=speaker&sort=-price&limit=1", new[] { "product17" })]
    [InlineData("q=speaker&sort=price,desc&page=2&size=2", new[] { "product57" })]
    [InlineData("q=100%25", new string[0])]
    [InlineData("category=audio&minPrice=219&maxPrice=259.99&sort=price", new[] { "product17", "product33" })]
    public async Task Products_SearchSortAndPage_FindsExactly(string query, string[] ids)
    {
        var reply = (await Public().GetAsync($"/products?{query}")).Expect(200);

        Assert.Equal(ids, reply.Body!["content"]!.AsArray().Select(product => product!["id"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("size=101")]
    [InlineData("limit=x")]
    [InlineData("minPrice=-1")]
    [InlineData("maxPrice=1e3")]
    [InlineData("sort=password_hash")]
    [InlineData("status=GONE")]
    public async Task Products_ParameterThatCannotBeMeant_Is400AndNamed(string query)
    {
        var reply = (await Public().GetAsync($"/products?{query}")).Expect(400);

        Assert.Equal($"query/{query.Split('=')[0]}", reply.Body!["error"]!["details"]!["fields"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Product_ConditionalRequests_FollowRfc9110()
    {
        var admin = await _shop.AsAsync("acme-admin", "product-service");
        var created = (await admin.PostAsync("/products", new { name = "Lamp", categoryId = "garden", price = new { amount = 12.5, currency = "USD" } })).Expect(201);
        var (path, etag) = (created.Header("Location"), created.Header("ETag"));

        (await admin.PatchAsync(path, new { name = "Lantern" })).Expect(428);
        (await admin.PatchAsync(path, new { name = "Lantern" }, ("If-Match", "\"v99\""))).Expect(412);
        (await admin.PatchAsync(path, new { name = "Lantern" }, ("If-Match", $"W/{etag}"))).Expect(412);
        var changed = (await admin.PatchAsync(path, new { name = "Lantern" }, ("If-Match", etag))).Expect(200);

        Assert.Equal("Lantern", changed.Text("name"));
        Assert.Equal(12.5, changed.Body!["price"]!["amount"]!.GetValue<double>());
        Assert.NotEqual(etag, changed.Header("ETag"));
        (await Public().GetAsync(path, ("If-None-Match", changed.Header("ETag")))).Expect(304);
        (await Public().GetAsync(path, ("If-None-Match", etag))).Expect(200);
        (await admin.DeleteAsync(path, ("If-Match", etag))).Expect(412);
        (await admin.DeleteAsync(path, ("If-Match", "*"))).Expect(204);
        (await Public().GetAsync(path)).Expect(404);
    }

    [Fact]
    public async Task Product_ConcurrentChangesOfOneVersion_OneWins()
    {
        var admin = await _shop.AsAsync("acme-admin", "product-service");
        var created = await admin.PostAsync("/products", new { name = "Bell", categoryId = "garden", price = new { amount = 1, currency = "USD" } });

        var changes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => admin.PatchAsync(created.Header("Location"), new { name = $"Bell {i}" }, ("If-Match", created.Header("ETag")))));

        Assert.Equal(1, changes.Count(change => change.Status == 200));
        Assert.Equal(9, changes.Count(change => change.Status == 412));
    }

    [Theory]
    [InlineData("""{"name":"x","categoryId":"garden"}""", "/price")]
    [InlineData("""{"name":"x","categoryId":"garden","price":{"amount":1.999,"currency":"USD"}}""", "/price/amount")]
    [InlineData("""{"name":"x","categoryId":"nowhere","price":{"amount":1,"currency":"USD"}}""", "/categoryId")]
    [InlineData("""{"name":"x","categoryId":"garden","price":{"amount":1,"currency":"XXX"}}""", "/price/currency")]
    [InlineData("""{"name":"x","name":"y","categoryId":"garden"}""", "/name")]
    public async Task CreateProduct_BadBody_NamesThePlace(string body, string pointer)
    {
        var admin = await _shop.AsAsync("acme-admin", "product-service");

        var reply = (await admin.PostAsync("/products", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Expect(400);

        Assert.Equal(pointer, reply.Body!["error"]!["details"]!["fields"]![0]!["pointer"]!.GetValue<string>());
    }

    [Fact]
    public async Task Categories_WholeLife_AsAResource()
    {
        var admin = await _shop.AsAsync("globex-admin", "product-service");
        var name = $"Shelf {Guid.NewGuid():N}";
        var created = (await admin.PostAsync("/categories", new { name, description = "for a test" })).Expect(201);
        var path = created.Header("Location");

        (await admin.PostAsync("/categories", new { name })).Expect(409);
        (await Public().GetAsync(path)).Expect(200);
        var changed = (await admin.PatchAsync(path, new { description = "changed" }, ("If-Match", created.Header("ETag")))).Expect(200);
        Assert.Equal(name, changed.Text("name"));
        Assert.Equal("CATEGORY_NOT_EMPTY", (await admin.DeleteAsync("/categories/audio", ("If-Match", "*"))).Expect(409).ErrorCode);
        (await admin.DeleteAsync(path, ("If-Match", changed.Header("ETag")))).Expect(204);
        (await Public().GetAsync(path)).Expect(404);
    }

    [Fact]
    public async Task Catalogue_Writes_AreForAdministrators()
    {
        var body = new { name = "Mine" };

        (await Public().PostAsync("/categories", body)).Expect(401);
        (await (await _shop.AsAsync("alice", "product-service")).PostAsync("/categories", body)).Expect(403);
    }

    [Fact]
    public async Task Validate_ProductIdsOrOrderRequest_AnswersPrices()
    {
        var byIds = (await Public().PostAsync("/products/validate", new { productIds = new[] { "product1", "product2", "product1" } })).Expect(200);
        var byOrder = (await Public().PostAsync("/products/validate", Requests.Order("user-alice", ("product1", 2), ("product2", 1)))).Expect(200);

        Assert.Equal(byIds.Body!.ToJsonString(), byOrder.Body!.ToJsonString());
        Assert.Equal(129, byIds.Body["products"]![0]!["price"]!["amount"]!.GetValue<double>());
    }

    [Fact]
    public async Task Validate_UnknownProducts_Is422WithAllOfThem()
    {
        var reply = (await Public().PostAsync("/products/validate", new { productIds = new[] { "product1", "a", "b" } })).Expect(422);

        Assert.Equal("""["a","b"]""", reply.Body!["error"]!["details"]!["productIds"]!.ToJsonString());
        (await Public().PostAsync("/products/validate", new { })).Expect(400);
        (await Public().PostAsync("/products/validate", new { items = new[] { new { productId = "product1", quantity = 0 } } })).Expect(400);
    }

    [Fact]
    public async Task Recommendations_AfterAnOrder_ComeFromItsCategoryWithoutWhatWasBought()
    {
        await using var shop = await Shop.StartAsync();
        await (await shop.AsAsync("alice", "order-service")).PostAsync("/orders", Requests.Order("user-alice", ("product4", 1)));
        var products = await shop.AsAsync("alice", "product-service");

        var reply = (await products.GetAsync("/products/recommendations?userId=user-alice&limit=3")).Expect(200);

        Assert.Equal(["garden", "garden", "garden"], reply.Body!.AsArray().Select(product => product!["categoryId"]!.GetValue<string>()));
        Assert.DoesNotContain("product4", reply.Body!.AsArray().Select(product => product!["id"]!.GetValue<string>()));
        (await products.GetAsync("/products/recommendations?userId=user-bob")).Expect(403);
    }

    [Fact]
    public async Task Recommendations_OrderServiceGone_FallBackToTheBestRated()
    {
        await using var shop = await Shop.StartAsync(options => options with
        {
            Environment = name => name == "ORDER_SERVICE_URL" ? "http://127.0.0.1:9" : null,
        });

        var reply = (await (await shop.AsAsync("alice", "product-service")).GetAsync("/products/recommendations")).Expect(200);

        Assert.Equal(6, reply.Body!.AsArray().Count);
    }

    private Api Public() => _shop.Anonymous("product-service");
}
