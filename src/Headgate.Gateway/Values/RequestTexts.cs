using System.Text;
using Headgate.Gateway.Forwarding;
using Headgate.Gateway.Pipeline;
using Headgate.Gateway.Policies.Validation;

namespace Headgate.Gateway.Values;

/// <summary>Finds named texts in requests. Stateless.</summary>
internal static class RequestTexts
{
    /// <summary>The value of a path parameter, decoded.</summary>
    public static string? OfPath(GatewayContext context, int position) => Decode(context.PathValues[position], TextEncoding.Percent);

    /// <summary>The first value of a query parameter, decoded.</summary>
    public static string? OfQuery(GatewayContext context, string name) => OfQuery(context.Request.Query, name);

    /// <summary>The first value of a parameter of a query, decoded.</summary>
    public static string? OfQuery(string query, string name)
    {
        ReadOnlySpan<char> pairs = query.AsSpan().TrimStart('?');
        foreach (Range range in pairs.Split('&'))
        {
            ReadOnlySpan<char> pair = pairs[range];
            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> key = equals < 0 ? pair : pair[..equals];
            if (Decode(key, TextEncoding.Form) == name)
                return equals < 0 ? "" : Decode(pair[(equals + 1)..], TextEncoding.Form);
        }

        return null;
    }

    /// <summary>The value of a header field as services see it; several lines are joined. Who calls, Headgate says, and not the client.</summary>
    public static string? OfHeader(GatewayContext context, string name)
    {
        if (name.Equals(UpstreamRequestHeaders.UserHeader, StringComparison.OrdinalIgnoreCase))
            return context.User;
        if (name.Equals(context.Operation!.Api.TenantHeader, StringComparison.OrdinalIgnoreCase))
            return context.Tenant;
        return context.Request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) ? values.ToString() : null;
    }

    // What is not well encoded is nobody's text.
    private static string? Decode(ReadOnlySpan<char> text, TextEncoding encoding)
    {
        byte[] bytes = new byte[PercentText.MostBytes(text.Length)];
        int count = PercentText.Decode(text, encoding, bytes);
        return count < 0 ? null : Encoding.UTF8.GetString(bytes, 0, count);
    }
}
