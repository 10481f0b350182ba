using System.Text.Json.Nodes;

namespace Headgate.Server.Reporting;

/// <summary>What holds for the operations of one document that say nothing else.</summary>
/// <param name="Api">The document's name.</param>
/// <param name="Document">Its entry file.</param>
/// <param name="Config">Its <c>x-gateway-config</c> with every default written out, and the addresses of services that the settings say.</param>
internal sealed record ApiConfigReport(string Api, string Document, JsonObject Config);
