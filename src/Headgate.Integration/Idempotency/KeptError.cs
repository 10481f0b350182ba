using Headgate.Gateway.Errors;

namespace Headgate.Integration.Idempotency;

/// <summary>An error of a service, which is told in the dialect of the API each time.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its title.</param>
/// <param name="Detail">What happened.</param>
/// <param name="Service">The service.</param>
/// <param name="Errors">What is wrong, and where.</param>
internal sealed record KeptError(string Code, string Title, string Detail, string? Service, IReadOnlyList<FailureDetail> Errors)
{
    /// <summary>The error, once more.</summary>
    public GatewayFailure ToFailure(int status) => new(ErrorCatalogue.UpstreamError with { Status = status, Code = Code, Title = Title }, Detail) { Service = Service, Errors = Errors };
}
