using System.Text;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Schemas;

namespace Headgate.Bench.Validation;

/// <summary>The gateway's validator, in this process.</summary>
internal sealed class HeadgateValidation(TimeProvider time)
{
    private const int ValuesAtATime = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly SchemaValidator validator = Compile();
    private readonly ValidationSession session = new();

    /// <summary>The microseconds and the allocated bytes that one value takes, from its bytes.</summary>
    public (double Microseconds, double AllocatedBytes) Measure(byte[] body, TimeSpan duration)
    {
        Run(body, WarmUp);
        return Run(body, duration);
    }

    private (double Microseconds, double AllocatedBytes) Run(byte[] body, TimeSpan duration)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = time.GetTimestamp();
        var elapsed = TimeSpan.Zero;
        long values = 0;
        for (; elapsed < duration; elapsed = time.GetElapsedTime(started))
        {
            for (var i = 0; i < ValuesAtATime; i++)
            {
                if (!validator.Validate(body, session))
                    throw new MeasurementFailedException($"The order is refused: {session.Violations[0]}");
            }
            values += ValuesAtATime;
        }
        return (elapsed.TotalMicroseconds / values, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / values);
    }

    private static SchemaValidator Compile()
    {
        var diagnostics = new DiagnosticBag();
        var library = new SchemaLibrary();
        var schema = library.Add("http://bench.invalid/order", Encoding.UTF8.GetBytes(OrderBody.Schema), diagnostics)!;
        return new SchemaCompiler(library, new SchemaOptions { AssertFormats = true }, diagnostics).Compile(schema);
    }
}
