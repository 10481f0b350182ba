using Headgate.Bench.Subjects;

namespace Headgate.Bench.Documents;

/// <summary>The smallest document that forwards what the scenarios send; nothing in it asks for a policy.</summary>
internal static class ForwardDocument
{
    public static string Write() => WriteWith("");

    /// <summary>The same with every answer cached.</summary>
    /// <param name="ttl">For how long, as a document says it.</param>
    public static string WriteCached(string ttl) => WriteWith($$"""
        "x-gateway-config": { "cache": { "ttl": "{{ttl}}" } },
        """);

    /// <summary>The same in front of a service called <c>slow</c>, which is given no more than it can work on.</summary>
    public static string WriteGuarded() => WriteWith("""
        "x-gateway-config": { "services": { "slow": { "bulkhead": { "maxConcurrent": 16, "maxQueue": 32, "maxWait": "1s" } } } },
        "x-gateway-backend": { "service": "slow" },
        """);

    /// <summary>The same with an idempotency key needed for what is posted.</summary>
    public static string WriteIdempotent() => Write().Replace("\"operationId\": \"order\",", "\"operationId\": \"order\", \"x-gateway-idempotency\": true,", StringComparison.Ordinal);

    /// <summary>The same with the small answer put together from those of three parts.</summary>
    public static string WriteAggregate() => WriteWith("", $$"""
        "x-gateway-aggregate": [
          { "service": "upstream", "path": "{{NginxUpstream.SmallPath}}", "field": "user" },
          { "service": "upstream", "path": "{{NginxUpstream.SmallPath}}?n=2", "field": "orders" },
          { "service": "upstream", "path": "{{NginxUpstream.SmallPath}}?n=3", "field": "recommendations" }
        ],
        """);

    /// <summary>The same with the small answer put together from three parts of the service <c>parts</c>, which take 5, 10 and 20 ms.</summary>
    public static string WriteDelayedAggregate() => WriteWith("", """
        "x-gateway-aggregate": [
          { "service": "parts", "path": "/5", "field": "user" },
          { "service": "parts", "path": "/10", "field": "orders" },
          { "service": "parts", "path": "/20", "field": "recommendations" }
        ],
        """);

    private static string WriteWith(string config, string small = "") => $$"""
        {
          "openapi": "3.1.0",
          "info": { "title": "Measured", "version": "1.0.0" },
          {{config}}
          "paths": {
            "{{NginxUpstream.SmallPath}}": { "get": { {{small}} "operationId": "small", "responses": { "200": { "description": "100 bytes" } } } },
            "{{NginxUpstream.LargePath}}": { "get": { "operationId": "large", "responses": { "200": { "description": "16 KiB" } } } },
            "{{NginxUpstream.PostPath}}": { "post": { "operationId": "order", "responses": { "200": { "description": "100 bytes" } } } }
          }
        }
        """;
}
