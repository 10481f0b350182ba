namespace Headgate.Gateway.Pipeline;

/// <summary>What the request phase of a policy decided.</summary>
public enum PolicyVerdict
{
    /// <summary>The request goes on to the next policy, and at last to the handler.</summary>
    Continue,

    /// <summary>
    /// The policy has put the answer into the context (<see cref="GatewayContext.Fail"/> or a response of its own): no further
    /// policy and no handler sees the request; the response phases run.
    /// </summary>
    Answered,
}
