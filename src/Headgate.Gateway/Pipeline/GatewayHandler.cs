using Headgate.Gateway.Errors;
using Headgate.Gateway.Plans.Listing;

namespace Headgate.Gateway.Pipeline;

/// <summary>
/// Produces the response of an operation: it sets status, headers and <see cref="ClientResponse.Body"/>, or calls
/// <see cref="GatewayContext.Fail"/>. The body is written by the pipeline after the response phases. Thread-safe, as policies are.
/// </summary>
public abstract class GatewayHandler
{
    /// <summary>The name in explanations and listings, for example <c>forward</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The error that it answers every request with; null when it serves them.</summary>
    public virtual GatewayErrorKind? Refusal => null;

    /// <summary>
    /// What it was compiled to do, setting by setting, as <see cref="GatewayPolicy.Settings"/>. Default: the line of <see cref="Describe"/>; a handler whose line tells of a state too must say
    /// it without.
    /// </summary>
    public virtual IEnumerable<PlanSetting> Settings => [new("backend", Describe())];

    /// <summary>Whether it answers from what it has: it calls nobody and changes nothing but the response, so that a request which is only explained may be answered too.</summary>
    public virtual bool AnswersAlone => false;

    /// <summary>Handles a request.</summary>
    public abstract ValueTask HandleAsync(GatewayContext context);

    /// <summary>The error with which <see cref="HandleAsync"/> would refuse a request that came now, without calling anybody; null when there is none. Changes nothing.</summary>
    public virtual GatewayFailure? Foresee(GatewayContext context) => null;

    /// <summary>Says in one line what <see cref="HandleAsync"/> would do, for <c>headgate explain</c> and <c>routes</c>; calls nobody.</summary>
    public abstract string Describe();
}
