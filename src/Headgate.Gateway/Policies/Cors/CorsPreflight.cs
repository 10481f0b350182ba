using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>Answers the CORS preflight of an operation (WHATWG Fetch §3.3.2).</summary>
internal static class CorsPreflight
{
    public static void Answer(GatewayContext context, OperationPlan operation)
    {
        foreach (GatewayPolicy policy in operation.ResponsePolicies)
        {
            if (policy is CorsPolicy cors)
                cors.AnswerPreflight(context);
        }
    }
}
