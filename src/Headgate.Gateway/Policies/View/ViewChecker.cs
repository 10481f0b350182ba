using System.Text;
using Headgate.Gateway.Json;
using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.View;

/// <summary>Checks what the types of <see cref="ViewExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class ViewChecker
{
    /// <summary>The longest name of a field: as much as is always met, in whatever pieces an answer comes and however its names are escaped.</summary>
    public const int MostNameBytes = (JsonStream.MostNameBytes - 2) / 6;

    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiOperation operation, ViewExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? operation.Node;
        foreach ((string view, IReadOnlyList<string> fields) in extension.Views)
        {
            foreach (string field in fields.Where(field => !IsField(field)))
                diagnostics.Add(ViewDiagnostics.NoField, node.At("views").At(view), $"'{field}' is no field.", $"Write a name, or names joined by dots, of at most {MostNameBytes} bytes each.");
        }

        if (extension.Default is { } name && !extension.Views.ContainsKey(name))
            diagnostics.Add(ViewDiagnostics.UnknownView, node.At("default"), $"There is no view '{name}'.", $"The views are {string.Join(", ", extension.Views.Keys)}.");
        if (extension.PathParameter is { } parameter && !operation.Path.ParameterNames.Contains(parameter))
            diagnostics.Add(ViewDiagnostics.UnknownParameter, node.At("pathParameter"), $"The path has no parameter '{parameter}'.", "Name one of the path's parameters.");
    }

    private static bool IsField(string field) => field.Split('.').All(name => name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MostNameBytes);
}
