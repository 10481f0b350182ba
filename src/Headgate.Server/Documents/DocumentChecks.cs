using Headgate.Gateway.Configuration;
using Headgate.Integration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;

namespace Headgate.Server.Documents;

/// <summary>What is checked of a loaded document beyond its form: that extensions fit each other and the document, and what of them nobody acts on yet.</summary>
/// <param name="settingsServices">The services that the settings of this instance name.</param>
internal sealed class DocumentChecks(IReadOnlyCollection<string> settingsServices)
{
    private readonly GatewayExtensionChecks _gateway = new(settingsServices);
    private readonly IntegrationExtensionChecks _integration = new(settingsServices);

    /// <summary>Reports what is wrong.</summary>
    public void Check(ApiDocument document, DiagnosticBag diagnostics)
    {
        _gateway.Check(document, diagnostics);
        _integration.Check(document, diagnostics);
        EnforcementReport.Warn(document, diagnostics);
    }
}
