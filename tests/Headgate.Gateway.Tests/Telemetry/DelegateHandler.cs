using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>Answers with whatever a test says.</summary>
internal sealed class DelegateHandler(Func<GatewayContext, ValueTask> handle) : GatewayHandler
{
    public override string Name => "test";

    public override ValueTask HandleAsync(GatewayContext context) => handle(context);

    public override string Describe() => "does what the test says";

    /// <summary>Answers 200 with a text.</summary>
    public static DelegateHandler Answering(string text) => new(context =>
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        context.Response.Headers.ContentLength = bytes.Length;
        context.Response.Body = new BytesBody(bytes);
        return ValueTask.CompletedTask;
    });
}
