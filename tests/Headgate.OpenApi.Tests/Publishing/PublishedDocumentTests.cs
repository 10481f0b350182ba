using System.Text;
using System.Text.Json;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Publishing;
using Headgate.OpenApi.Reading;
using Headgate.OpenApi.Tests.Reading;

namespace Headgate.OpenApi.Tests.Publishing;

/// <summary>What clients see of a document: all that is for them, and nothing else.</summary>
public class PublishedDocumentTests
{
    [Fact]
    public void Published_HasNothingOfTheGateway_WhereverItStands()
    {
        string published = Publish("""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            x-gateway-config: { services: { orders: { url: http://10.0.0.1 } } }
            x-gateway-backend: { service: orders }
            x-logo: { url: /logo.png }
            paths:
              /a:
                x-gateway-backend: { path: "/secret/{id}" }
                get: { operationId: a, x-gateway-authorize: a:read, responses: { "200": { description: ok } } }
            components:
              securitySchemes: { b: { type: http, scheme: bearer, x-gateway-jwt: { issuer: https://idp.internal } } }
            """);
        Assert.Equal(
            """{"openapi":"3.1.0","info":{"title":"Orders","version":"1"},"x-logo":{"url":"/logo.png"},"paths":{"/a":{"get":{"operationId":"a","responses":{"200":{"description":"ok"}}}}},"components":{"securitySchemes":{"b":{"type":"http","scheme":"bearer"}}},"servers":[{"url":"/"}]}""",
            published);
    }

    // What an author names x-gateway-… is the API's own: a header field, a property, a value.
    [Fact]
    public void Published_KeepsNamesAndValues_ThatOnlyLookLikeIt()
    {
        string published = Publish("""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    "200":
                      description: ok
                      headers: { x-gateway-trace: { schema: { type: string } } }
                      content: { application/json: { schema: { type: object, properties: { x-gateway-id: { type: string }, servers: { type: array }, "$ref": { type: string } } }, example: { x-gateway-id: "1", servers: [ "http://a" ] } } }
            """);
        foreach (string name in new[] { "x-gateway-trace", "x-gateway-id", "\"servers\":{\"type\":\"array\"}", "\"servers\":[\"http://a\"]", "\"$ref\":{\"type\":\"string\"}" })
            Assert.Contains(name, published, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_AreTheBasePaths_AndNoHostIsTold()
    {
        string published = Publish("""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            servers: [{ url: "https://{host}.internal/v1", description: Staging, variables: { host: { default: a, enum: [a, b] } } }, { url: /v2 }]
            paths:
              /a:
                servers: [{ url: "http://10.0.0.1/p" }]
                get:
                  operationId: a
                  servers: [{ url: "http://10.0.0.2" }]
                  responses: { "200": { description: ok, links: { next: { operationId: a, server: { url: "http://10.0.0.3" } } } } }
            """);
        Assert.Equal(
            """{"openapi":"3.1.0","info":{"title":"Orders","version":"1"},"servers":[{"url":"/v1"},{"url":"/v2"}],"paths":{"/a":{"servers":[{"url":"/p"}],"get":{"operationId":"a","servers":[{"url":"/"}],"responses":{"200":{"description":"ok","links":{"next":{"operationId":"a"}}}}}}}}""",
            published);
    }

    [Fact]
    public void InternalParts_AreNotThere_NorWhatTheyAloneUse()
    {
        string published = Publish("""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            tags: [{ name: orders }, { name: backoffice, x-internal: true }]
            paths:
              /orders:
                get: { operationId: list, x-internal: false, security: [{ user: [] }], responses: { "200": { $ref: "#/components/responses/Orders" } } }
                delete: { operationId: wipe, x-internal: true, security: [{ root: [] }], responses: { "200": { description: WIPED, content: { application/json: { schema: { $ref: "#/components/schemas/Wiped" } } } } } }
              /ledger: { x-internal: true, get: { operationId: ledger, responses: { "200": { description: ok } } } }
              /audit: { get: { operationId: audit, x-internal: true, responses: { "200": { description: ok } } } }
            webhooks: { paid: { x-internal: true, post: { operationId: paid, responses: { "200": { description: ok } } } } }
            components:
              responses: { Orders: { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Order/properties/all" } } } } }
              schemas:
                Order: { type: object, properties: { all: { discriminator: { propertyName: kind, mapping: { b: Book, c: "#/components/schemas/Cup" } }, oneOf: [{ type: object }] }, part: { $ref: "#/components/schemas/Part" } } }
                Part: { type: object }
                Book: { type: object }
                Cup: { type: object }
                Wiped: { type: object }
              securitySchemes: { user: { type: http, scheme: bearer }, root: { type: http, scheme: basic } }
            """);
        using JsonDocument document = JsonDocument.Parse(published);
        Assert.Equal(["/orders"], Names(document, "paths"));
        Assert.Equal(["get"], Names(document, "paths", "/orders"));
        Assert.Empty(Names(document, "webhooks"));
        Assert.Equal(["Order", "Book", "Cup"], Names(document, "components", "schemas"));
        Assert.Equal(["user"], Names(document, "components", "securitySchemes"));
        foreach (string hidden in new[] { "wipe", "WIPED", "Wiped", "ledger", "audit", "backoffice", "x-internal" })
            Assert.DoesNotContain(hidden, published, StringComparison.Ordinal);
    }

    // A link to an internal operation would tell of it. Kinds that name themselves are no endless way.
    [Fact]
    public void Links_ToInternalOperations_AreNotThere()
    {
        string published = Publish("""
            openapi: 3.1.0
            info: { title: Orders, version: "1" }
            paths:
              /orders:
                get:
                  operationId: list
                  responses:
                    "200":
                      description: ok
                      links: { wipe: { operationId: wipeAll }, ledger: { operationRef: "#/paths/~1ledger/get" }, self: { operationId: list }, again: { operationRef: "#/paths/~1orders/get" } }
                      content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
                delete: { operationId: wipeAll, x-internal: true, responses: { "204": { description: ok } } }
              /ledger: { x-internal: true, get: { responses: { "200": { description: ok } } } }
            components: { schemas: { Order: { discriminator: { propertyName: kind, mapping: { order: Order, same: "#/components/schemas/Order" } }, anyOf: [{ $ref: "#/components/schemas/Order" }] } } }
            """);
        Assert.Contains("""links":{"self":{"operationId":"list"},"again":{"operationRef":"#/paths/~1orders/get"}}""", published, StringComparison.Ordinal);
        Assert.DoesNotContain("wipeAll", published, StringComparison.Ordinal);
        Assert.DoesNotContain("ledger", published, StringComparison.Ordinal);
        Assert.Contains("\"Order\":{", published, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_BecomeOneDocument_ThatLoads()
    {
        using var folder = new TemporaryFolder();
        string entry = folder.Write("api.yaml", """
            openapi: 3.0.3
            info: { title: Orders, version: "1" }
            paths:
              /orders: { $ref: "paths/orders.yaml#/orders" }
            components:
              schemas: { Order: { type: string } }
            """);
        folder.Write("paths/orders.yaml", """
            orders:
              get:
                operationId: list
                parameters: [{ $ref: "../common.yaml#/page" }]
                responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "../common.yaml#/Order" } } } }, default: { $ref: "../problem.yaml" } }
                callbacks: { done: { "{$request.query.page}": { $ref: "#/orders" } } }
              post: { operationId: make, responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "../api.yaml#/components/schemas/Order" } } } } } }
            """);
        folder.Write("common.yaml", """
            page: { name: page, in: query, schema: { $ref: "#/Number~1 of page" } }
            "Number/ of page": { type: integer }
            Order: { type: object, properties: { parent: { $ref: "#/Order" }, line: { $ref: "#/Line" } }, discriminator: { propertyName: kind, mapping: { line: "#/Line" } } }
            Line: { type: object }
            """);
        folder.Write("problem.yaml", "description: It went wrong");

        LoadResult loaded = new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromFile(entry));
        byte[] published = PublishedDocument.Write(loaded.Document!).ToArray();
        string text = Encoding.UTF8.GetString(published);
        LoadResult again = new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromBytes("published.json", published));

        Assert.Empty(again.Diagnostics.Items);
        Assert.Equal(loaded.Document!.Operations.Select(operation => operation.Id), again.Document!.Operations.Select(operation => operation.Id));
        Assert.DoesNotContain(".yaml", text, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(published);
        Assert.Equal(["Order", "Order_2", "Line", "Number_1_of_page"], Names(document, "components", "schemas"));
    }

    [Theory]
    [InlineData("3.0.3")]
    [InlineData("3.1.0")]
    [InlineData("3.2.0")]
    public void Published_IsItsOwnPublication(string version)
    {
        string yaml = $$"""
            openapi: {{version}}
            info: { title: Orders, version: "1" }
            servers: [{ url: /v1 }]
            tags: [{ name: orders, description: "Orders & <more>" }]
            paths:
              /orders/{id}:
                parameters: [{ name: id, in: path, required: true, schema: { type: number, maximum: 1.50, example: 1e3 } }]
                get: { operationId: get, tags: [orders], responses: { "200": { description: "é\u2028", content: { application/json: { examples: { one: { value: null } } } } }, default: { description: no } } }
            """;
        string once = Publish(yaml);
        Assert.Equal(once, Publish(once));
        Assert.Contains("1.50", once, StringComparison.Ordinal);
    }

    private static string Publish(string yaml)
    {
        ApiDocument document = new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromText("api.yaml", yaml)).Readable!;
        return Encoding.UTF8.GetString(PublishedDocument.Write(document).Span);
    }

    private static IEnumerable<string> Names(JsonDocument document, params string[] path) =>
        path.Aggregate(document.RootElement, (element, name) => element.GetProperty(name)).EnumerateObject().Select(member => member.Name);
}
