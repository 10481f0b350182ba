using Headgate.Bench.Subjects;

namespace Headgate.Bench.Documents;

/// <summary>A document with a saga of four steps over one service.</summary>
internal static class SagaDocument
{
    public static string Write() => $$"""
        {
          "openapi": "3.1.0",
          "info": { "title": "Measured", "version": "1.0.0" },
          "paths": {
            "{{NginxUpstream.SmallPath}}": { "get": { "operationId": "small", "x-gateway-backend": { "service": "upstream" }, "responses": { "200": { "description": "100 bytes" } } } },
            "{{NginxUpstream.PostPath}}": { "post": {
              "operationId": "order",
              "x-gateway-saga": { "steps": [
                { "name": "validate", "service": "upstream", "path": "/validate" },
                { "name": "reserve", "service": "upstream", "path": "/reserve", "compensate": "/release" },
                { "name": "create", "service": "upstream", "path": "/create", "compensate": "/cancel" },
                { "name": "pay", "service": "upstream", "path": "/pay", "compensate": "/refund" }
              ] },
              "responses": { "200": { "description": "100 bytes" } } } }
          }
        }
        """;
}
