using System.Globalization;
using System.Text;

namespace Headgate.Bench.Validation;

/// <summary>The body that creates an order in the commerce example, and its schema.</summary>
internal static class OrderBody
{
    /// <summary><c>CreateOrderRequest</c> of <c>examples/commerce/gateway.openapi.yaml</c> with what it refers to, as one JSON Schema.</summary>
    public const string Schema =
        """
        {
          "$ref": "#/$defs/CreateOrderRequest",
          "$defs": {
            "CreateOrderRequest": {
              "type": "object",
              "required": ["userId", "items", "shippingAddress"],
              "properties": {
                "userId": { "type": "string" },
                "items": { "type": "array", "minItems": 1, "maxItems": 200, "items": { "$ref": "#/$defs/OrderItemRequest" } },
                "shippingAddress": { "$ref": "#/$defs/Address" },
                "billingAddress": { "$ref": "#/$defs/Address" },
                "notes": { "type": "string", "maxLength": 1000 }
              }
            },
            "OrderItemRequest": {
              "type": "object",
              "required": ["productId", "quantity"],
              "properties": {
                "productId": { "type": "string" },
                "quantity": { "type": "integer", "minimum": 1, "maximum": 10000 },
                "metadata": { "type": "object", "additionalProperties": true }
              }
            },
            "Address": {
              "type": "object",
              "required": ["street", "city", "postalCode", "country"],
              "properties": {
                "street": { "type": "string" },
                "city": { "type": "string" },
                "postalCode": { "type": "string" },
                "country": { "type": "string", "enum": ["US", "UK", "DE", "FR", "JP"] },
                "state": { "type": "string" }
              }
            }
          }
        }
        """;

    /// <summary>An order of so many items, as clients send it: without white space.</summary>
    public static byte[] Write(int items)
    {
        var lines = Enumerable.Range(0, items).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"productId":"prod-{{i:0000}}","quantity":{{(i % 9) + 1}}}"""));
        return Encoding.UTF8.GetBytes(
            $$"""{"userId":"usr-0b7f9d9e-6a54","items":[{{string.Join(',', lines)}}],"shippingAddress":{"street":"1 Main Street","city":"Springfield","state":"IL","postalCode":"62701","country":"US"},"notes":"Leave at the door"}""");
    }
}
