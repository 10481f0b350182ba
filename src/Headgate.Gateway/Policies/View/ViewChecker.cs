using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.View;

/// <summary>Checks what the types of <see cref="ViewExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class ViewChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiOperation operation, ViewExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? operation.Node;
        if (extension.Default is { } name && !extension.Views.ContainsKey(name))
            diagnostics.Add(ViewDiagnostics.UnknownView, node.At("default"), $"There is no view '{name}'.", $"The views are {string.Join(", ", extension.Views.Keys)}.");
        if (extension.PathParameter is { } parameter && !operation.Path.ParameterNames.Contains(parameter))
            diagnostics.Add(ViewDiagnostics.UnknownParameter, node.At("pathParameter"), $"The path has no parameter '{parameter}'.", "Name one of the path's parameters.");
    }
}
