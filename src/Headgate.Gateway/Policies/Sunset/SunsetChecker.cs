using Headgate.OpenApi.Diagnostics;
using Headgate.OpenApi.Extensions;
using Headgate.OpenApi.Model;
using Headgate.OpenApi.Reading;

namespace Headgate.Gateway.Policies.Sunset;

/// <summary>Checks what the types of <see cref="SunsetExtension"/> cannot say. Stateless, thread-safe.</summary>
internal static class SunsetChecker
{
    /// <summary>Reports what is wrong.</summary>
    public static void Check(ApiOperation operation, SunsetExtension extension, DiagnosticBag diagnostics)
    {
        DocumentNode node = extension.Node ?? operation.Node;

        // RFC 9745 §4: the sunset date must not be earlier than the deprecation date.
        if (extension.Date < extension.Deprecated)
            diagnostics.Add(SunsetDiagnostics.DatesReversed, node.At("date"), "The operation goes away before it is deprecated.", "Exchange 'date' and 'deprecated'.");
        // RFC 8288 §3: a link's target is a URI reference.
        if (extension.Successor is { } successor && !Uri.IsWellFormedUriString(successor, UriKind.RelativeOrAbsolute))
            diagnostics.Add(SunsetDiagnostics.BadSuccessor, node.At("successor"), $"'{successor}' is no URL and no path.", "Write it encoded, without placeholders: /v2/orders, https://api.example/v2/orders.");
        if (extension is { Gone: true, Date: null })
            diagnostics.Add(SunsetDiagnostics.GoneWithoutDate, node.At("gone"), "'gone' needs a 'date' after which it holds.", "Add 'date'.");
    }
}
