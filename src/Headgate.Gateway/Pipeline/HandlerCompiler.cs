namespace Headgate.Gateway.Pipeline;

/// <summary>Compiles one kind of handler. Stateless, thread-safe.</summary>
public abstract class HandlerCompiler
{
    /// <summary>
    /// Compiles the handler of an operation. What is wrong goes to the scope's diagnostics.
    /// </summary>
    /// <returns>The handler, or null when the operation asks for another kind.</returns>
    public abstract GatewayHandler? Compile(OperationScope scope);
}
