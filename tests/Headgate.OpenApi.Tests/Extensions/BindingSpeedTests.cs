using System.Diagnostics;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Tests.Extensions;

public class BindingSpeedTests
{
    private const int Operations = 10_000;
    private const int ExtensionsEach = 3;

    [Fact]
    public void Bind_TenThousandOperations_StaysWithinItsBudget()
    {
        var binder = new ExtensionBinder(new ExtensionRegistry().Add(SampleExtension.Definition));
        ObjectNode owner = Yaml.Object("""
            summary: An operation
            operationId: op
            x-gateway-sample: { name: a, count: 3, wait: 30s, target: "/orders/{orderId}?limit=5", parts: [1s, { length: 2s, other: 1 }], value: $request.body#/x }
            """);
        Run(binder, owner, 1_000);

        // The best of five, so that a busy machine does not decide.
        TimeSpan best = Enumerable.Range(0, 5).Min(_ => Run(binder, owner, Operations * ExtensionsEach));

        // The budget is 150 ms; unoptimised builds get some air.
        Assert.True(best < TimeSpan.FromMilliseconds(300), $"Binding took {best.TotalMilliseconds:F0} ms.");
        TestContext.Current.SendDiagnosticMessage($"Binding {Operations * ExtensionsEach} extensions took {best.TotalMilliseconds:F0} ms.");
    }

    private static TimeSpan Run(ExtensionBinder binder, ObjectNode owner, int times)
    {
        var diagnostics = new DiagnosticBag();
        int bound = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
            bound += binder.Bind(owner, ExtensionLocations.Operation, diagnostics).All.Count;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(times, bound);
        Assert.Empty(diagnostics.Items);
        return elapsed;
    }
}
