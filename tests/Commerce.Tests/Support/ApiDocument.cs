using System.Text.Json.Nodes;

namespace Commerce.Tests.Support;

/// <summary>An OpenAPI document, as far as contract tests look into it.</summary>
internal sealed class ApiDocument(JsonObject root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["user-service"] = "Users/user-service.openapi.yaml",
        ["product-service"] = "Products/product-service.openapi.yaml",
        ["inventory-service"] = "Inventory/inventory-service.openapi.yaml",
        ["order-service"] = "Orders/order-service.openapi.yaml",
        ["payment-service"] = "Payments/payment-service.openapi.yaml",
        ["notification-service"] = "Notifications/notification-service.openapi.yaml",
        ["payment-provider"] = "Simulators/payment-provider.openapi.yaml",
        ["email-provider"] = "Simulators/email-provider.openapi.yaml",
        ["sms-provider"] = "Simulators/sms-provider.openapi.yaml",
    };

    private static readonly Dictionary<string, ApiDocument> Loaded =
        Files.ToDictionary(pair => pair.Key, pair => Load(pair.Value));

    public JsonObject Root { get; } = root;

    public IReadOnlyList<DocumentedOperation> Operations { get; } = [.. root["paths"]!.AsObject().SelectMany(
        path => Methods.Where(method => path.Value![method] is not null).Select(
            method => new DocumentedOperation(method.ToUpperInvariant(), path.Key, path.Value![method]!.AsObject())))];

    public JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    public static ApiDocument Load(string path) => new(YamlJson.Load(Repository.Commerce(path)));

    public static ApiDocument Of(string service) => Loaded[service];

    /// <summary>The operation that a request means: literal segments win over templates.</summary>
    public DocumentedOperation? Find(string method, string path) => Operations
        .Where(operation => operation.Method == method && operation.Matches(path))
        .OrderBy(operation => operation.Path.Count(character => character == '{'))
        .FirstOrDefault();

    /// <summary>Follows a local <c>$ref</c>, if the node is one.</summary>
    public JsonNode Resolve(JsonNode node)
    {
        while (node is JsonObject value && value["$ref"] is { } reference)
        {
            node = reference.GetValue<string>().TrimStart('#', '/').Split('/')
                .Aggregate((JsonNode)Root, (parent, name) => parent[name] ?? throw new InvalidOperationException($"{reference} leads nowhere."));
        }

        return node;
    }
}
