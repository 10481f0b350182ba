using Headgate.Gateway.Configuration;
using Headgate.Gateway.Forwarding;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Policies.Authentication;

/// <summary>What the compiler of an authenticator sees of a document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Scheme">The security scheme.</param>
/// <param name="Config">The document's <c>x-gateway-config</c>, or its defaults.</param>
/// <param name="Services">The services of the document.</param>
/// <param name="Diagnostics">Where findings go.</param>
public sealed record SecurityScope(ApiDocument Document, ApiSecurityScheme Scheme, GatewayConfigExtension Config, ServiceTable Services, DiagnosticBag Diagnostics);
