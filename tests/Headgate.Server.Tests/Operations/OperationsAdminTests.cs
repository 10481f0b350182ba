using System.Text;
using Headgate.Integration.Operations;
using Headgate.Integration.Tests.Operations;

namespace Headgate.Server.Tests.Operations;

/// <summary>What is no list, page or operation is refused by the admin API, and never a fault of it.</summary>
public sealed class OperationsAdminTests
{
    [Fact]
    public async Task Requests_ThatAreNotAsDeclared_AreRefused()
    {
        await using OperationsGateway gateway = await OperationsGateway.StartAsync(TestKind.WaitAsync);
        OperationRun run = await gateway.BeginAsync();
        string log = $"/operations/{run.Record.Id}/log";

        foreach (string query in new[] { "?state=done", "?limit=0", "?limit=1001", "?Limit=5", "?limit=1&limit=2", "?cursor=!", $"?cursor={CursorOf("x")}", $"?cursor={CursorOf("op_' OR 1=1 --")}" })
            await gateway.Admin.SendAsync("GET", $"/operations{query}", 400);
        foreach (string query in new[] { "?limit=0", "?after=1", $"?cursor={CursorOf("-1")}", $"?cursor={CursorOf("1e9")}", $"?cursor={CursorOf("99999999999999999999")}" })
            await gateway.Admin.SendAsync("GET", log + query, 400);
        await gateway.Admin.SendAsync("GET", "/operations/op_0", 404);
        await gateway.Admin.SendAsync("POST", "/operations/op_00000000000000000000000000000000/cancel", 404);
        await gateway.Admin.SendAsync("POST", $"/operations/{run.Record.Id}/retry", 409);
        await gateway.Admin.SendAsync("POST", $"/operations/{run.Record.Id}/resolve", 409, new { note = "done" });
        await gateway.Admin.SendAsync("POST", $"/operations/{run.Record.Id}/resolve", 400, new { note = new string('x', 1001) });
        await gateway.Admin.SendAsync("GET", $"{log}?cursor={CursorOf("0")}", 200);
    }

    private static string CursorOf(string key) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));
}
