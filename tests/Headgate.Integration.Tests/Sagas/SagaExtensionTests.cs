using Headgate.Integration.Sagas;
using Headgate.OpenApi.Values;

namespace Headgate.Integration.Tests.Sagas;

public class SagaExtensionTests
{
    // microservices-api-example.md, POST /orders: the printed map in YAML
    private const string Printed = """
        x-gateway-saga:
          steps:
            - name: validate-products
              service: product-service
              path: /products/validate
              compensate: null
            - name: reserve-inventory
              service: inventory-service
              path: /inventory/reserve
              compensate: /inventory/release
            - name: create-order
              service: order-service
              path: /orders
              compensate: /orders/{orderId}/cancel
            - name: process-payment
              service: payment-service
              path: /payments
              compensate: /payments/{paymentId}/refund
          timeout: 60
        """;

    [Fact]
    public void CreateOrderSaga_AsPrinted_Loads()
    {
        SagaExtension saga = IntegrationDocument.Get<SagaExtension>(Printed);

        Assert.Equal(["validate-products", "reserve-inventory", "create-order", "process-payment"], saga.Steps.Select(step => step.Name));
        Assert.Equal([null, "/inventory/release", "/orders/{orderId}/cancel", "/payments/{paymentId}/refund"], saga.Steps.Select(step => step.Compensate?.Path.Text));
        Assert.All(saga.Steps, step => Assert.Equal("POST", step.Method));
        Assert.Equal(TimeSpan.FromSeconds(60), saga.Timeout.Value);
    }

    [Fact]
    public void CreateOrderSaga_AsPrinted_PassesItsChecks() => Assert.Empty(IntegrationDocument.Check(Printed));

    [Fact]
    public void Saga_EverySetting_IsRead()
    {
        SagaExtension saga = IntegrationDocument.Get<SagaExtension>("""
            x-gateway-saga:
              timeout: 2m
              wait: 10s
              repeatFor: 3d
              pivot: pay
              response: { status: 201, headers: { Location: "/orders/{$steps.create.response.body#/id}" }, body: { orderId: $steps.create.response.body#/id } }
              steps:
                - name: create
                  service: order-service
                  path: /orders
                  method: PUT
                  input: { items: $request.body#/items, user: $claims.sub, note: "for {$tenant}" }
                  timeout: 5s
                  retry: 3
                  compensate: { path: "/orders/{orderId}", method: DELETE, service: order-service, input: {}, timeout: 1s, retry: 10 }
                - { name: pay, service: payment-service, path: /payments }
            """);

        Assert.Equal(("pay", 10.0), (saga.Pivot, saga.Wait!.Value.Value.TotalSeconds));
        Assert.Equal(TimeSpan.FromDays(3), saga.RepeatFor!.Value.Value);
        Assert.Equal(201, saga.Response!.Status);
        Assert.IsType<InterpolatedExpression>(saga.Response.Headers["Location"]);
        SagaStep create = saga.Steps[0];
        Assert.Equal(["items", "user", "note"], Assert.IsType<ObjectExpression>(create.Input).Members.Select(member => member.Key));
        Assert.Equal(("DELETE", 10), (create.Compensate!.Method, create.Compensate.Retry!.Attempts));
    }

    [Fact]
    public void Saga_ResponseAsExpression_IsItsBody() =>
        Assert.IsType<StepAnswerExpression>(IntegrationDocument.Get<SagaExtension>("""
            x-gateway-saga:
              response: $steps.a.response.body
              steps: [{ name: a, service: order-service, path: /a }]
            """).Response!.Body);

    [Theory]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }, { name: a, service: order-service, path: /b }]", "HG2700")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }], pivot: b", "HG2701")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }, { name: b, service: order-service, path: /b, compensate: /c }], pivot: a", "HG2702")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }], timeout: 10s, wait: 20s", "HG2703")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }], timeout: 2h, repeatFor: 1h", "HG2705")]
    [InlineData("steps: [{ name: a, service: order-servcie, path: /a }]", "HG2500")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, compensate: { path: /b, service: nobody } }]", "HG2500")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, timeout: slow }]", "HG2501")]
    [InlineData("steps: [{ name: a, service: order-service, path: '/a/{$steps.b.response.body#/id}' }, { name: b, service: order-service, path: /b }]", "HG2040")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, input: $steps.a.response.body }]", "HG2040")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a }], response: $steps.b.response.body", "HG2040")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, input: { token: '{$request.header.authorization}' } }]", "HG2704")]
    public void Saga_Mistake_IsReported(string saga, string code) =>
        Assert.Equal(code, Assert.Single(IntegrationDocument.Check($"x-gateway-saga: {{ {saga} }}")).Code);

    [Fact]
    public void Saga_CompensationMayUseItsOwnStepsAnswer() =>
        Assert.Empty(IntegrationDocument.Check("x-gateway-saga: { steps: [{ name: a, service: order-service, path: /a, compensate: '/a/{$steps.a.response.body#/id}' }] }"));

    [Theory]
    [InlineData("steps: []", "HG2007")]
    [InlineData("steps: [{ name: a, service: order-service }]", "HG2006")]
    [InlineData("steps: [{ name: a.b, service: order-service, path: /a }]", "HG2012")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, compensate: [/b] }]", "HG2005")]
    [InlineData("steps: [{ name: a, service: order-service, path: /a, compensation: /b }]", "HG2004")]
    public void Saga_WrongValue_IsRefused(string saga, string code) =>
        Assert.Equal(code, Assert.Single(IntegrationDocument.Load($"x-gateway-saga: {{ {saga} }}").Diagnostics.Items).Code);
}
