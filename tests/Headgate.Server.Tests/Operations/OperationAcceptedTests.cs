using System.Text;
using System.Text.Json;
using Headgate.Server.Tests.Sagas;

namespace Headgate.Server.Tests.Operations;

/// <summary>What a request is answered whose work goes on: that it was accepted, where it is found, and when to look.</summary>
public sealed class OperationAcceptedTests
{
    private const string Saga = """
              x-gateway-saga:
                steps: [{ name: reserve, service: inventory-service, path: /reserve }]
                wait: 0s
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // §3.3.3 of the reference.
    [Fact]
    public async Task Request_WhoseWorkGoesOn_IsToldWhereItIsFound_AndFindsItThere()
    {
        await using SagaGateway gateway = await SagaGateway.StartAsync(Saga, "errors: envelope");
        var go = new TaskCompletionSource();
        gateway.Services.Before = async (_, _) =>
        {
            await go.Task;
            return true;
        };
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage accepted = await gateway.Gateway.Client.PostAsync("/orders", body, Stop);
        JsonElement told = JsonSerializer.Deserialize<JsonElement>(await accepted.Content.ReadAsStringAsync(Stop));
        string id = told.GetProperty("data").GetProperty("operation_id").GetString()!;
        using HttpResponseMessage found = await gateway.Gateway.Client.GetAsync(accepted.Headers.Location, Stop);
        JsonElement stands = JsonSerializer.Deserialize<JsonElement>(await found.Content.ReadAsStringAsync(Stop));
        go.SetResult();

        Assert.Equal((202, $"/api/v1/operations/{id}"), ((int)accepted.StatusCode, accepted.Headers.Location!.OriginalString));
        Assert.Equal(accepted.Headers.Location.OriginalString, Assert.Single(accepted.Headers.GetValues("Operation-Location")));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), (accepted.Headers.RetryAfter!.Delta, found.Headers.RetryAfter!.Delta));
        Assert.True(told.GetProperty("success").GetBoolean());
        Assert.Equal((200, id, "in_progress"), ((int)found.StatusCode, stands.GetProperty("data").GetProperty("operation_id").GetString(), stands.GetProperty("data").GetProperty("status").GetString()));
    }
}
