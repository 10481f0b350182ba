using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Authentication;

public class CallerNameTests
{
    [Fact]
    public void Callers_OfOneId_HaveDifferentNames()
    {
        string?[] names =
        [
            Name(context => context.User = "billing"),
            Name(context => context.ApiKey = "billing"),
            Name(context => context.Caller = new Caller { User = "billing", Subject = new Subject(SubjectKind.ServiceAccount, "billing") }),
            Name(context => (context.User, context.Tenant) = ("billing", "acme")),
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, Assert.NotNull);
        Assert.Null(Name(_ => { }));
    }

    private static string? Name(Action<GatewayContext> be)
    {
        GatewayContext context = TestRequest.Ended();
        (context.User, context.Tenant, context.ApiKey, context.Caller) = (null, null, null, null);
        be(context);
        return CallerName.Of(context);
    }
}
