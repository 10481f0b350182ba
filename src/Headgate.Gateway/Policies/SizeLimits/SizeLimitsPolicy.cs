using Headgate.Gateway.Errors;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.SizeLimits;

/// <summary>
/// Bounds the request body. A declared length is refused before anything is sent upstream; a chunked body is counted while it streams, and the exchange
/// breaks off with 413 at the bound.
/// </summary>
/// <param name="requestBodyBytes">The most bytes of body.</param>
internal sealed class SizeLimitsPolicy(long requestBodyBytes) : GatewayPolicy
{
    public override string Name => "size-limits";

    public override PolicyPhases Phases => PolicyPhases.Request;

    public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
    {
        context.Request.MaxBodySize = requestBodyBytes;
        if (context.Request.ContentLength is not { } length || length <= requestBodyBytes)
        {
            context.Explanation?.Add(Name, "continue", $"the body may have {requestBodyBytes} bytes");
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }

        string detail = $"The body has {length} bytes; this operation takes {requestBodyBytes}.";
        context.Explanation?.Add(Name, "refused", detail);
        return new ValueTask<PolicyVerdict>(context.Fail(new GatewayFailure(ErrorCatalogue.RequestBodyTooLarge, detail)));
    }
}
