using System.Globalization;
using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Tests.Plans;

/// <summary>What an operation costs in memory: the smaller, the more operations stay in the processor's caches.</summary>
[Collection("Allocation")]
public class PlanSizeTests
{
    private const int Operations = 5_000;

    // Measured: 395 bytes, of which the route's three nodes take 170.
    private const int Budget = 450;

    private const string Path = """
        "/areaNUMBER/items/{itemId}":{"get":{"operationId":"getNUMBER","parameters":[{"name":"itemId","in":"path","required":true,"schema":{}}],"responses":{"200":{"description":"ok"}}}}
        """;

    [Fact]
    public void Plan_OfManyOperations_IsCompact()
    {
        LoadResult load = LoadManyOperations();
        using var sockets = new SocketTransport(new SocketTransportOptions(), TestLoops.Shared, TimeProvider.System);
        PlanCompiler compiler = TestGateway.Compiler(new PlanOptions { Upstream = new Uri("http://127.0.0.1:9") }, sockets);
        compiler.Compile([new DocumentOutcome(load.Readable, load.Diagnostics)], 1);

        long before = GC.GetTotalMemory(forceFullCollection: true);
        PlanResult result = compiler.Compile([new DocumentOutcome(load.Readable, load.Diagnostics)], 2);
        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Operations;

        Assert.Equal(Operations, result.Plan.Apis[0].Operations.Count);
        Assert.InRange(bytes, 1, Budget);
        GC.KeepAlive(load);
    }

    private static LoadResult LoadManyOperations()
    {
        var text = new StringBuilder("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{");
        for (int i = 0; i < Operations; i++)
            text.Append(i == 0 ? "" : ",").Append(Path.Replace("NUMBER", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return new DocumentLoader(new ExtensionRegistry()).Load(DocumentSource.FromText("api.json", text.Append("}}").ToString()));
    }
}
