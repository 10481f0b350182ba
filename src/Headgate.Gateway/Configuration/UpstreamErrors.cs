namespace Headgate.Gateway.Configuration;

/// <summary>What becomes of the error bodies of upstreams.</summary>
public enum UpstreamErrors
{
    /// <summary>They are passed on as they are.</summary>
    Pass,

    /// <summary>They are turned into the document's dialect.</summary>
    Map,
}
