using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Routing;

/// <summary>The version of the API that a document describes, and how requests name it. Immutable.</summary>
/// <param name="Text">The version as the document writes it.</param>
/// <param name="Header">The header field that names a version.</param>
/// <param name="IsDefault">Whether requests that name none mean this one.</param>
public sealed record ApiVersion(string Text, string Header, bool IsDefault)
{
    /// <summary>The form in which versions are compared.</summary>
    public string Normal { get; } = Normalise(Text);

    /// <summary><c>v2</c>, <c>2</c> and <c>2.0</c> are one version; any other text is compared as it is, without regard to case.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> version = text.AsSpan().Trim();
        if (version is ['v' or 'V', >= '0' and <= '9', ..])
            version = version[1..];
        while (version.EndsWith(".0") && version.Length > 2)
            version = version[..^2];
        return version.ToString().ToUpperInvariant();
    }

    /// <summary>The version of a document; null for one that is not versioned, or whose version cannot be told.</summary>
    internal static ApiVersion? Of(ApiDocument document, GatewayConfigExtension config, DiagnosticBag diagnostics)
    {
        if (config.Versioning is not { } settings)
            return null;
        if ((settings.Version ?? document.BasePaths.Select(VersionOf).FirstOrDefault(version => version is not null)) is { } text)
            return new ApiVersion(text, settings.Header, settings.IsDefault);
        diagnostics.Add(
            ConfigDiagnostics.UnknownVersion,
            (config.Node ?? document.Root).At("versioning"),
            "The version of the API cannot be told.",
            "Write it: versioning: v1. It is read from the base path only where that ends in v and a number, such as /api/v1.");
        return null;
    }

    private static string? VersionOf(string basePath)
    {
        string last = basePath[(basePath.LastIndexOf('/') + 1)..];
        return last is ['v' or 'V', _, ..] && last.Skip(1).All(c => char.IsAsciiDigit(c) || c == '.') ? last : null;
    }
}
