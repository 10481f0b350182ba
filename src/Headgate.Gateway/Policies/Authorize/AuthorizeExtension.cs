using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Authorize;

/// <summary>What <c>x-gateway-authorize</c> says: what a caller must be permitted to do. All that is given must hold.</summary>
public sealed record AuthorizeExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-authorize",
        typeof(AuthorizeExtension),
        ExtensionLocations.Operation,
        "What a caller must be permitted to do. All that is given must hold.");

    /// <summary>The permission that one of the caller's roles must give.</summary>
    [Setting("The permission that one of the caller's roles must give, such as `application:read`.", Default = "none")]
    [Shorthand]
    public string? Permission { get; init; }

    /// <summary>The scope in which the role must hold.</summary>
    [Setting("The scope in which that role must hold, such as `team:{teamId}`; `{name}` is a path parameter.", Default = "any that covers the request's tenant")]
    public string? Scope { get; init; }

    /// <summary>Rules of which one must hold.</summary>
    [Setting("Rules of which at least one must hold.")]
    public IReadOnlyList<AuthorizeExtension> AnyOf { get; init; } = [];

    /// <summary>Rules which must all hold.</summary>
    [Setting("Rules which must all hold.")]
    public IReadOnlyList<AuthorizeExtension> AllOf { get; init; } = [];

    /// <summary>Where it is written.</summary>
    [SourceNode]
    public DocumentNode? Node { get; init; }
}
