using Headgate.Gateway.Plans;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>Makes authenticators for the security schemes of one kind. Holds what they share and what outlives a plan; used by one thread at a time.</summary>
public abstract class AuthenticatorCompiler
{
    /// <summary>Whether schemes like this one are checked here.</summary>
    /// <param name="document">The document that has it.</param>
    /// <param name="scheme">The scheme.</param>
    public abstract bool Handles(ApiDocument document, ApiSecurityScheme scheme);

    /// <summary>Compiles a scheme that it handles and that an operation asks for. What is wrong goes to the scope's diagnostics.</summary>
    /// <returns>The authenticator; null after an error.</returns>
    public abstract Authenticator? Compile(SecurityScope scope);

    /// <summary>Lets go of what no plan in force uses any more.</summary>
    public virtual void Retire(GatewayPlan inForce)
    {
    }
}
