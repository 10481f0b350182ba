using Headgate.Gateway.Pipeline;

namespace Headgate.Bench.Policies;

/// <summary>A handler that answers at once, so that what is measured is the pipeline before and after it.</summary>
internal sealed class StaticAnswer : GatewayHandler
{
    private static readonly byte[] Bytes = "{\"ok\":true}"u8.ToArray();
    private static readonly BytesBody Body = new(Bytes);

    public override string Name => "static";

    public override ValueTask HandleAsync(GatewayContext context)
    {
        context.Response.Headers.ContentType = "application/json";
        context.Response.Headers.ContentLength = Bytes.Length;
        context.Response.Body = Body;
        return ValueTask.CompletedTask;
    }

    public override string Describe() => "the same answer to every request";

    /// <summary>Gives it to every operation.</summary>
    internal sealed class Compiler : HandlerCompiler
    {
        public override GatewayHandler Compile(OperationScope scope) => new StaticAnswer();
    }
}
