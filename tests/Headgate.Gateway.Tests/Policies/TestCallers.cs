using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Authentication;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>Authentication of tests: who calls is what the headers say.</summary>
internal sealed class TestCallers : PolicyCompiler
{
    public const string User = "Test-User";
    public const string Tenant = "Test-Tenant";
    public const string ApiKey = "Test-Key";
    public const string ServiceAccount = "Test-Service-Account";

    public override PipelineStage Stage => PipelineStage.Tenancy;

    public override GatewayPolicy? Compile(OperationScope scope) => new Policy();

    private sealed class Policy : GatewayPolicy
    {
        public override string Name => "test-callers";

        public override PolicyPhases Phases => PolicyPhases.Request;

        public override ValueTask<PolicyVerdict> OnRequestAsync(GatewayContext context)
        {
            context.User = context.Request.Headers[User];
            context.Tenant = context.Request.Headers[Tenant];
            context.ApiKey = context.Request.Headers[ApiKey];
            if (context.Request.Headers[ServiceAccount] is [{ } account])
            {
                context.User = account;
                context.Caller = new Caller { User = account, Subject = new Subject(SubjectKind.ServiceAccount, account) };
            }

            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }
    }
}
