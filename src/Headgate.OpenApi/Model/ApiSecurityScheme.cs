using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model;

/// <summary>A security scheme of the document. Immutable.</summary>
public sealed record ApiSecurityScheme
{
    /// <summary>
    /// The <see cref="Type"/> of a scheme that a requirement names and the document does not define. It stands among the schemes
    /// so that whoever compiles them meets it, and cannot enforce it.
    /// </summary>
    public const string UndefinedType = "undefined";

    /// <summary>The key under <c>components.securitySchemes</c>.</summary>
    public required string Key { get; init; }

    /// <summary><c>type</c>: <c>apiKey</c>, <c>http</c>, <c>mutualTLS</c>, <c>oauth2</c> or <c>openIdConnect</c>, or <see cref="UndefinedType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>For <c>http</c>: the authentication scheme in lower case, for example <c>bearer</c>.</summary>
    public required string? HttpScheme { get; init; }

    /// <summary>For <c>apiKey</c>: the name of the header, query parameter or cookie.</summary>
    public required string? ParameterName { get; init; }

    /// <summary>For <c>apiKey</c>: where the key stands.</summary>
    public required ParameterLocation? In { get; init; }

    /// <summary>For <c>openIdConnect</c>: the discovery URL.</summary>
    public required string? OpenIdConnectUrl { get; init; }

    /// <summary>The extensions of the scheme (<c>x-gateway-jwt</c>, <c>x-gateway-api-key</c>).</summary>
    public required ExtensionSet Extensions { get; init; }

    /// <summary>The scheme's object; of an undefined scheme the requirement that names it first.</summary>
    public required ObjectNode Node { get; init; }
}
