using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Model;

namespace Headgate.Gateway.Plans;

/// <summary>Checks what the extensions of one feature say over a whole document, before it is compiled.</summary>
/// <param name="document">The document.</param>
/// <param name="settingsServices">The names of the services that the instance's settings know.</param>
/// <param name="diagnostics">Where findings go.</param>
public delegate void DocumentCheck(ApiDocument document, IReadOnlyCollection<string> settingsServices, DiagnosticBag diagnostics);
