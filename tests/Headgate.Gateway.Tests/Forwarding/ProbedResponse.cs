namespace Headgate.Gateway.Tests.Forwarding;

/// <summary>What a client saw of a response.</summary>
internal sealed record ProbedResponse(bool Refused, int Status, string Fields, string Body)
{
    public static ProbedResponse Refusal { get; } = new(true, 0, "", "");
}
