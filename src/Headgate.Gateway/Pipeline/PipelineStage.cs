namespace Headgate.Gateway.Pipeline;

/// <summary>
/// The order of policies, top to bottom: a request meets them in this order, its response in reverse. Request id, trace context, framing and
/// routing come before all of them and are no policies: every request goes through them (<see cref="RequestRunner"/>).
/// </summary>
public enum PipelineStage
{
    /// <summary>Which web pages may read the answer.</summary>
    Cors,

    /// <summary>How large the request may be.</summary>
    SizeLimits,

    /// <summary>Who calls.</summary>
    Authentication,

    /// <summary>For which tenant the request is.</summary>
    Tenancy,

    /// <summary>Whether the caller may do it.</summary>
    Authorization,
}
