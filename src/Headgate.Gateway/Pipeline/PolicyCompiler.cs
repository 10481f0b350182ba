namespace Headgate.Gateway.Pipeline;

/// <summary>Checks what a document says about one policy and compiles it for one operation. Stateless, thread-safe.</summary>
public abstract class PolicyCompiler
{
    /// <summary>Where in the pipeline the policy stands.</summary>
    public abstract PipelineStage Stage { get; }

    /// <summary>
    /// Compiles the policy for an operation. What is wrong goes to the scope's diagnostics.
    /// </summary>
    /// <returns>The policy (which may be shared between operations), or null when the operation has none.</returns>
    public abstract GatewayPolicy? Compile(OperationScope scope);
}
