namespace Headgate.Bench.Policies;

/// <summary>The rows: each policy in the setting in which it is used as a rule.</summary>
internal static class PolicyRows
{
    private const string Order =
        """{"userId":"user-7","items":[{"productId":"product1","quantity":1},{"productId":"product2","quantity":3}],"notes":"Ring twice"}""";

    private const string OrderSchema =
        "{ type: object, required: [userId, items], properties: { userId: { type: string }, notes: { type: string, maxLength: 1000 }, items: { type: array, minItems: 1,"
        + " items: { type: object, required: [productId, quantity], properties: { productId: { type: string }, quantity: { type: integer, minimum: 1 } } } } } }";

    private const string Parameters =
        "parameters: [{ name: orderId, in: path, required: true, schema: { type: integer } }, { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } },"
        + " { name: expand, in: query, schema: { type: string, enum: [items, customer] } }]";

    public static IReadOnlyList<PolicyRow> All { get; } =
    [
        new("cors", "cors") { Config = "cors: { origins: [\"https://shop.example\"] }", Fields = "Origin: https://shop.example\r\n" },
        new("compression that the client does not accept", "compression") { Config = "compression: true" },
        new("header fields of the request", "request-headers") { Operation = "x-gateway-backend: { requestHeaders: { set: { X-Plan: gold } } }" },
        new("header fields of the answer", "response-headers") { Operation = "x-gateway-backend: { responseHeaders: { set: { X-Plan: gold } } }" },
        new("check of the answer", "answer-check"),
        new("version of the API", "versioning") { Config = "versioning: { version: v1, default: true }" },
        new("security headers", "security-headers") { Config = "securityHeaders: true" },
        new("address list", "address-list") { Config = "addresses: { allow: [10.0.0.0/8, 127.0.0.0/8], deny: [10.0.0.66] }" },
        new("size limits", "size-limits") { Config = "limits: { requestBody: 1MiB, requestHeaders: 8KiB, requestUrl: 2KiB }" },
        new("rate limit by address", "rate-limit") { Config = $"rateLimit: {{ limits: [{Limit("ip")}] }}" },
        new("rate limits by user, tenant and all", "rate-limit") { IsSecured = true, Config = $"rateLimit: {{ limits: [{Limit("user")}, {Limit("tenant")}, {Limit("global")}] }}" },
        new("authentication, known token", "authentication") { IsSecured = true },
        new("tenancy", "tenancy") { IsSecured = true, Config = "tenancy: { claim: tenant_id, required: all }" },
        new("authorize", "authorize") { IsSecured = true, Operation = "x-gateway-authorize: \"orders:read\"" },
        new("sunset", "sunset") { IsSecured = true, Operation = "deprecated: true, x-gateway-sunset: { date: 2099-12-31T00:00:00Z, successor: /v2/orders }" },
        new("concurrency limit by user", "concurrency-limit") { IsSecured = true, Config = "limits: { concurrency: [{ by: user, limit: 100 }] }" },
        new("view of two fields of three", "view") { Fields = "X-View: mobile\r\n", Operation = "x-gateway-view: { views: { mobile: [ok, id.name] } }" },
        new("validation of three parameters", "validation") { Target = "/orders/4711?limit=20&expand=items", Operation = Parameters },
        new("validation of a body of 2 items", "validation") { Body = Order, Operation = $"requestBody: {{ required: true, content: {{ application/json: {{ schema: {OrderSchema} }} }} }}" },
        new("stored answer given", "cache") { Operation = "x-gateway-cache: 1h" },
        new("invalidation of stored answers", "cache-invalidation") { Body = Order, Other = "/orders: { get: { x-gateway-cache: 1h, responses: { \"200\": { description: ok } } } }" },
    ];

    private static string Limit(string by) => $"{{ name: {by}, by: {by}, limit: 1000000000, window: 1m }}";
}
