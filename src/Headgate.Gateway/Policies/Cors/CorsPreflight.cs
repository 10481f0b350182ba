using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Plans;

namespace Headgate.Gateway.Policies.Cors;

/// <summary>Answers the CORS preflight of an operation (Fetch standard, "CORS-preflight fetch"), which no document declares by hand.</summary>
internal static class CorsPreflight
{
    public static void Answer(GatewayContext context, OperationPlan operation, string declaredMethods)
    {
        foreach (GatewayPolicy policy in operation.ResponsePolicies)
        {
            if (policy is CorsPolicy cors)
                cors.AnswerPreflight(context, declaredMethods);
        }
    }
}
