using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Consumers;
using Headgate.Gateway.Policies.RateLimit;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Consumers;

/// <summary>Who is counted together under a limit by user.</summary>
public class ConsumerKeyTests
{
    private readonly ConsumerKey _key = new(new RateLimitKey(RateLimitBy.User), new ConsumerHasher());

    // Whoever may name a service account, or register as a user, would otherwise use up the other's quota.
    [Fact]
    public void ServiceAccount_IsNotTheUserOfTheSameName()
    {
        GatewayContext user = RequestOf(SubjectKind.User, "reporting");
        GatewayContext account = RequestOf(SubjectKind.ServiceAccount, "reporting");

        Assert.NotEqual(_key.Of(user), _key.Of(account));
        Assert.Equal(_key.Of(account), _key.Of(RequestOf(SubjectKind.ServiceAccount, "reporting")));
        Assert.NotEqual(_key.Of(account), _key.Of(RequestOf(SubjectKind.ServiceAccount, "billing")));
        Assert.Equal(("reporting", "service-account:reporting"), (_key.NameOf(user), _key.NameOf(account)));
    }

    // A key that belongs to a user is one of his ways in.
    [Fact]
    public void ApiKeyOfAUser_CountsAsHim() => Assert.Equal(_key.Of(RequestOf(SubjectKind.User, "ada")), _key.Of(RequestOf(SubjectKind.ApiKey, "k1", user: "ada")));

    private static GatewayContext RequestOf(SubjectKind kind, string id, string? user = null)
    {
        GatewayContext context = TestRequest.Ended();
        context.User = user ?? id;
        context.Caller = new Caller { User = context.User, Subject = new Subject(kind, id) };
        return context;
    }
}
