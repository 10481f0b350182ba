using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Tests.Policies;

/// <summary>Authentication of tests: who calls is what the headers say.</summary>
internal sealed class TestCallers : PolicyCompiler
{
    public const string User = "Test-User";
    public const string Tenant = "Test-Tenant";
    public const string ApiKey = "Test-Key";

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
            return new ValueTask<PolicyVerdict>(PolicyVerdict.Continue);
        }
    }
}
