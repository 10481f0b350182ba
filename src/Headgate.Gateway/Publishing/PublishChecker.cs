using Headgate.Gateway.Configuration;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Publishing;

/// <summary>Warns of what a document asks for and this build cannot give. Stateless, thread-safe.</summary>
internal static class PublishChecker
{
    /// <summary>Reports.</summary>
    public static void Check(PublishSettings settings, DiagnosticBag diagnostics)
    {
        if (settings is { Enabled: true, Page: true, Node: { } node } && !PageFiles.AreThere)
            diagnostics.Add(PublishDiagnostics.PageMissing, node.At("page"), "The page at /docs is not there: this program was built without it.", "Build it where npm can install the renderer (it comes with Node.js), or say page: false.");
    }
}
