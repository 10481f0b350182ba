using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Configuration;

/// <summary>How Headgate and a service recognise each other over TLS. Paths are relative to the document.</summary>
public sealed record TlsSettings
{
    /// <summary>The certificate authorities that are trusted.</summary>
    [Setting("A PEM file with the certificate authorities that are trusted for this service.", Default = "the system's")]
    public string? Ca { get; init; }

    /// <summary>Headgate's certificate.</summary>
    [Setting("A PEM file with the certificate that Headgate shows (mutual TLS).", Default = "none")]
    public string? Certificate { get; init; }

    /// <summary>The key of Headgate's certificate.</summary>
    [Setting("A PEM file with the key of `certificate`.", Default = "in the file of `certificate`")]
    public string? Key { get; init; }

    /// <summary>The name that the service's certificate must bear.</summary>
    [Setting("The name that the service's certificate must bear, also sent as SNI and in `Host`.", Default = "the host of the address")]
    public string? ServerName { get; init; }

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
