using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Configuration;

/// <summary>Which version of the API a document describes, and how a request selects it.</summary>
public sealed record VersioningSettings
{
    /// <summary>The version.</summary>
    [Setting("The version that the document describes, such as `v1` or `2`.", Default = "the last segment of the base path where it is `v` and a number")]
    [Shorthand]
    public string? Version { get; init; }

    /// <summary>The header that selects a version.</summary>
    [Setting("The header that selects a version.", Format = SettingFormat.HeaderName)]
    public string Header { get; init; } = "api-version";

    /// <summary>Whether a request without a version means this document.</summary>
    [Setting("Whether a request without a version means this document.", Key = "default")]
    public bool IsDefault { get; init; }
}
