namespace Headgate.Server.Tests.Support;

/// <summary>A document whose callers are service accounts.</summary>
internal static class ServiceApi
{
    public const string Document = """
        openapi: 3.1.0
        info: { title: Orders, version: "1" }
        security: [{ service: [service.read] }]
        paths:
          /orders: { get: { operationId: listOrders, responses: { "200": { description: ok } } } }
        components:
          securitySchemes:
            service:
              type: oauth2
              flows: { clientCredentials: { tokenUrl: /oauth/token, scopes: { service.read: Read access for services, service.write: Write access for services } } }
        """;
}
