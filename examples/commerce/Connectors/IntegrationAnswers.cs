using Commerce.Shared.Web;

namespace Commerce.Connectors;

/// <summary>How a failed integration is told to callers: the integration's own code, 504 when the third party was too slow and 502 else.</summary>
internal static class IntegrationAnswers
{
    public static ApiException ToApi(this IntegrationException error) => new(
        error.Call.TimedOut ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
        error.Code, error.Message, error.Details, error);
}
