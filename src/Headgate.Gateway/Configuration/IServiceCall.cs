using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>What every call to a service has, whichever extension asks for it: a forward, a part of an aggregate, a step of a saga and what undoes it.</summary>
public interface IServiceCall
{
    /// <summary>The service; null where an outer level or the document's default names it.</summary>
    string? Service { get; }

    /// <summary>How long the call may take; null for the service's value.</summary>
    CallTimeout? Timeout { get; }

    /// <summary>How a failed call is repeated; null for the service's value.</summary>
    RetrySettings? Retry { get; }

    /// <summary>Where it is written.</summary>
    DocumentNode? Node { get; }
}
