using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Values;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>
/// What <c>x-gateway-validation</c> says, on an operation or as <c>x-gateway-config.validation</c> for all of them: how requests are held to the document. An
/// operation's own replaces the document's whole.
/// </summary>
public sealed record ValidationExtension
{
    /// <summary>The extension.</summary>
    public static ExtensionDefinition Definition { get; } = new(
        "x-gateway-validation",
        typeof(ValidationExtension),
        ExtensionLocations.Operation,
        "How requests are held to the document's parameters, media types and schemas. The operation's own settings replace the document's.");

    /// <summary>Whether requests are checked.</summary>
    [Setting("Whether requests are checked: parameters, media types, bodies.")]
    [Shorthand]
    public bool Requests { get; init; } = true;

    /// <summary>Whether a query parameter that is not declared is refused.</summary>
    [Setting("Whether a query parameter that the operation does not declare is refused. Otherwise it is passed on unchecked.")]
    public bool RefuseUnknownQuery { get; init; }

    /// <summary>The most bytes of a body that is checked.</summary>
    [Setting("The most bytes of a body that is checked: it is held in memory until it is. A larger one is refused with 413. Bodies without a schema stream, whatever their size.", Range = "1KiB..64MiB")]
    public ByteSize MaxBody { get; init; } = ByteSize.FromMebibytes(1);
}
