using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace Headgate.Gateway.Policies.Cache.Rules;

/// <summary>A request's field as it takes part in choosing an answer: as the upstream saw it, not as the client sent it.</summary>
internal static class SelectingField
{
    /// <summary>Writes the value of a field, normalised, as one part of a key.</summary>
    public static void Write(string name, GatewayContext context, ref KeyWriter writer)
    {
        int start = writer.BeginPart();

        // Headgate tells upstreams who calls; what the client says under these names they never see.
        if (name.Equals(UpstreamRequestHeaders.UserHeader, StringComparison.OrdinalIgnoreCase))
            writer.Append(context.User);
        else if (name.Equals(context.Operation!.Api.TenantHeader, StringComparison.OrdinalIgnoreCase))
            writer.Append(context.Tenant);
        else
            Write(context.Request.Headers[name], FoldsCase(name), ref writer);
        writer.EndPart(start);
    }

    private static void Write(StringValues lines, bool foldsCase, ref KeyWriter writer)
    {
        // Nothing sent is not the same as an empty value.
        if (lines.Count == 0)
            writer.Append("\0");
        bool isFirst = true;
        foreach (string? line in lines)
        {
            foreach (Range range in line.AsSpan().Split(','))
            {
                if (!isFirst)
                    writer.Append(",");
                isFirst = false;
                writer.Append(line.AsSpan(range).Trim(" \t"), foldsCase);
            }
        }
    }

    // RFC 9110 §12.5.2 to §12.5.4: charsets, content codings and language tags are compared without regard to case.
    private static bool FoldsCase(string name) =>
        name.Equals("accept-language", StringComparison.OrdinalIgnoreCase) || name.Equals("accept-encoding", StringComparison.OrdinalIgnoreCase)
        || name.Equals("accept-charset", StringComparison.OrdinalIgnoreCase);
}
