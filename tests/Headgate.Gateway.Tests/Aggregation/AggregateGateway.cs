using Headgate.Gateway.Plans;
using Headgate.Gateway.Telemetry;
using Headgate.Gateway.Tests.Policies;

namespace Headgate.Gateway.Tests.Aggregation;

/// <summary>A gateway with one aggregate, in front of <see cref="PartServices"/>.</summary>
internal static class AggregateGateway
{
    /// <summary>The document.</summary>
    /// <param name="parts">The parts, or the whole extension, in flow style.</param>
    /// <param name="config">More of <c>x-gateway-config</c>.</param>
    /// <param name="more">More of the operation.</param>
    public static string Document(string parts, string config = "", string more = "") => $$"""
        openapi: 3.1.0
        info: { title: Shop, version: "1" }
        components: { securitySchemes: { any: { type: http, scheme: bearer } } }
        security: [{ any: [] }]
        x-gateway-config: { {{config}} }
        paths:
          /dashboard/{kind}:
            parameters:
              - { name: kind, in: path, required: true, schema: { type: string } }
              - { name: q, in: query, schema: { type: string } }
            get:
              operationId: getDashboard
              x-gateway-aggregate: {{parts}}
              {{more}}
              responses: { "200": { description: ok } }
          /plain:
            get: { operationId: plain, x-gateway-backend: user-service, responses: { "200": { description: ok } } }
        """;

    public static PlanOptions Options(Uri services) => new()
    {
        SecurityPassthrough = true,
        Services = new Dictionary<string, IReadOnlyList<Uri>> { ["user-service"] = [services], ["order-service"] = [services], ["product-service"] = [services] },
    };

    public static Task<TestGateway> StartAsync(PartServices services, string parts, string config = "", string more = "", GatewayTelemetry? telemetry = null) =>
        TestGateway.StartAsync(Document(parts, config, more), Options(services.Url), telemetry, policy: new TestCallers());

    /// <summary>Asks for the dashboard as ada of acme.</summary>
    public static async Task<(int Status, string Body, HttpResponseMessage Response)> AskAsync(TestGateway gateway, string path = "/dashboard/all", HttpMethod? method = null, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Add(TestCallers.User, "ada");
        request.Headers.Add(TestCallers.Tenant, "acme");
        with?.Invoke(request);
        HttpResponseMessage response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }
}
