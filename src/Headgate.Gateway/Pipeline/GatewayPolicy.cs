using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// A decision that stands between a client and a handler. One instance is compiled per operation (or shared by many) and serves
/// all requests at once: it holds compiled, immutable data and thread-safe state only.
/// </summary>
/// <remarks>
/// Both phases run on the event threads of the sockets: they must not block. A phase that completes synchronously must not allocate.
/// When <see cref="GatewayContext.Explanation"/> is set nothing may be changed (no count taken, nothing stored): the request is
/// being explained, not served.
/// </remarks>
public abstract class GatewayPolicy
{
    /// <summary>The name in explanations, metrics and logs: the kebab-case of the feature, for example <c>rate-limit</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The phases that the policy implements.</summary>
    public abstract PolicyPhases Phases { get; }

    /// <summary>
    /// What it was compiled to do, setting by setting: equal for two plans exactly when it does the same in both, whatever happened meanwhile, and without secrets. For people who compare
    /// plans (<c>headgate routes --diff</c>), never for a request. Default: nothing, for a policy whose name says it all.
    /// </summary>
    public virtual IEnumerable<PlanSetting> Settings => [];

    /// <summary>Decides about a request before it is handled.</summary>
    public virtual ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context) => new(PolicyVerdict.Continue);

    /// <summary>
    /// Sees the response head (and may wrap <see cref="ClientResponse.Body"/>) before the first byte is sent. Runs for error answers too.
    /// </summary>
    public virtual ValueTask OnResponseAsync(GatewayContext context) => ValueTask.CompletedTask;
}
