using System.Globalization;
using System.Text;

namespace Headgate.Bench.Policies;

/// <summary>A policy, the document that asks for it, and a request that it lets through. A new row of the benchmark is one of these in <see cref="PolicyRows"/>.</summary>
/// <param name="Name">The row.</param>
/// <param name="Policy">The name of the policy whose share is measured: <c>GatewayPolicy.Name</c>.</param>
internal sealed record PolicyRow(string Name, string Policy)
{
    /// <summary>The target of the request; the document's path is <c>/orders/{orderId}</c>.</summary>
    public string Target { get; init; } = "/orders/4711";

    /// <summary>What the document says in <c>x-gateway-config</c>, as entries of a YAML flow mapping.</summary>
    public string Config { get; init; } = "";

    /// <summary>What it says of the operation, likewise.</summary>
    public string Operation { get; init; } = "";

    /// <summary>What it says of another path that nobody asks for, as a line of YAML.</summary>
    public string Other { get; init; } = "";

    /// <summary>Whether the operation asks for a token and the request has one.</summary>
    public bool IsSecured { get; init; }

    /// <summary>Header fields of the request, each with its line end.</summary>
    public string Fields { get; init; } = "";

    /// <summary>The JSON body of the request, which is a POST then; null for a GET.</summary>
    public string? Body { get; init; }

    /// <summary>The document.</summary>
    /// <param name="scheme">The security scheme, for who is secured.</param>
    public string Document(string scheme)
    {
        string[] operation = ["operationId: measured", Operation, IsSecured ? "security: [{ bearerAuth: [] }]" : "", "responses: { \"200\": { description: ok } }"];
        return $$"""
            openapi: 3.1.0
            info: { title: Measured, version: "1" }
            x-gateway-config: { {{Config}} }
            paths:
              /orders/{orderId}:
                parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
                {{(Body is null ? "get" : "post")}}: { {{string.Join(", ", operation.Where(entry => entry.Length > 0))}} }
              {{Other}}
            components: { securitySchemes: { bearerAuth: {{scheme}} } }
            """;
    }

    /// <summary>The request as a client sends it, with ids of its own, so that making them has no part in the figures.</summary>
    public byte[] Request(string token)
    {
        var request = new StringBuilder();
        request.Append(CultureInfo.InvariantCulture, $"{(Body is null ? "GET" : "POST")} {Target} HTTP/1.1\r\nHost: shop.example\r\nX-Request-ID: measured\r\n{Fields}");
        if (IsSecured)
            request.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n");
        if (Body is not null)
            request.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n");
        return Encoding.UTF8.GetBytes(request.Append("\r\n").Append(Body).ToString());
    }
}
