namespace Headgate.Gateway.Pipeline;

/// <summary>The phases in which a policy takes part. A phase that it does not name costs nothing: it is not in that array.</summary>
[Flags]
public enum PolicyPhases
{
    /// <summary>None: the compiler then leaves the policy out.</summary>
    None = 0,

    /// <summary>Before the handler, in pipeline order.</summary>
    Request = 1,

    /// <summary>After the handler made the response head and before anything is sent, in reverse order.</summary>
    Response = 2,

    /// <summary>Both.</summary>
    Both = Request | Response,
}
