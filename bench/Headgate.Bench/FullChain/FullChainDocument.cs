using Headgate.Bench.Subjects;

namespace Headgate.Bench.FullChain;

/// <summary>
/// The document of the full chain: an RS256 token with issuer, audience, end and scope, the tenant from its claims, three limits, and parameters that are held
/// to their schemas. Limits are as in the reference form, but so high that nobody meets them.
/// </summary>
internal static class FullChainDocument
{
    /// <summary>What is asked for: a path parameter and two of the query.</summary>
    public const string Target = "/orders/4711?limit=20&expand=items";

    /// <summary>The requests a minute that each limit allows.</summary>
    public const int Limit = 1_000_000_000;

    /// <param name="keySetFile">Where the keys of the issuer are.</param>
    public static string Write(string keySetFile) => $$"""
        {
          "openapi": "3.1.0",
          "info": { "title": "Full chain", "version": "1.0.0" },
          "x-gateway-config": {
            "tenancy": { "claim": "tenant_id", "required": "all" },
            "rateLimit": { "limits": [
              { "name": "per-user", "by": "user", "limit": {{Limit}}, "window": "1m" },
              { "name": "per-tenant", "by": "tenant", "limit": {{Limit}}, "window": "1m" },
              { "name": "global", "by": "global", "limit": {{Limit}}, "window": "1m" }
            ] }
          },
          "security": [{ "bearerAuth": ["{{TokenMint.Scope}}"] }],
          "paths": {
            "/orders/{orderId}": { "get": {
              "operationId": "getOrder",
              "parameters": [
                { "name": "orderId", "in": "path", "required": true, "schema": { "type": "integer", "minimum": 1 } },
                { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100 } },
                { "name": "expand", "in": "query", "schema": { "type": "string", "enum": ["items", "customer"] } }
              ],
              "responses": { "200": { "description": "100 bytes" } }
            } },
            "{{NginxUpstream.SmallPath}}": { "get": { "operationId": "probe", "responses": { "200": { "description": "100 bytes" } } } }
          },
          "components": { "securitySchemes": { "bearerAuth": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "x-gateway-jwt": {
              "issuer": "{{TokenMint.Issuer}}", "audiences": ["{{TokenMint.Audience}}"], "algorithms": ["RS256"],
              "jwks": { "file": "{{keySetFile}}" }
            }
          } } }
        }
        """;
}
