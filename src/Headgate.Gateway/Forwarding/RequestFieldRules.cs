namespace Headgate.Gateway.Forwarding;

/// <summary>Sorts the fields of a client's request by name. A switch on the length comes first: most fields are decided by one comparison.</summary>
internal static class RequestFieldRules
{
    /// <summary>The fate of a field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="tenantHeader">The name under which upstreams are told the tenant: a client's copy is dropped.</param>
    public static FieldFate FateOf(string name, string tenantHeader)
    {
        if (name[0] is 'x' or 'X')
            return FateOfExtension(name, tenantHeader);

        // RFC 9110 §7.6.1: hop-by-hop fields end here. Via and the trace context are written anew.
        bool drop = name.Length switch
        {
            2 => Is(name, "TE"),
            3 => Is(name, "Via"),
            4 => Is(name, "Host"),
            6 => Is(name, "Expect"),
            7 => Is(name, "Upgrade") || Is(name, "Trailer"),
            10 => Is(name, "Connection") || Is(name, "Keep-Alive") || Is(name, "tracestate"),
            11 => Is(name, "traceparent"),
            14 => Is(name, "Content-Length"),
            16 => Is(name, "Proxy-Connection"),
            17 => Is(name, "Transfer-Encoding"),
            19 => Is(name, "Proxy-Authorization"),
            _ => false,
        };
        if (drop || name[0] == ':' || IsIdentity(name, tenantHeader))
            return FieldFate.Drop;
        return Is(name, "Forwarded") ? FieldFate.Forwarding : FieldFate.Pass;
    }

    private static FieldFate FateOfExtension(string name, string tenantHeader)
    {
        if (name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
            return FieldFate.Forwarding;
        bool written = name.Length switch
        {
            12 => Is(name, "X-Request-ID"),
            16 => Is(name, "X-Correlation-ID"),
            _ => false,
        };
        return written || IsIdentity(name, "X-User-ID") || IsIdentity(name, "X-Tenant-ID") || IsIdentity(name, tenantHeader)
            ? FieldFate.Drop
            : FieldFate.Pass;
    }

    // Identity is Headgate's to assert. Many back ends read X_User_ID as X-User-ID (CGI variables), so both spellings are dropped.
    private static bool IsIdentity(string name, string known)
    {
        if (name.Length != known.Length)
            return false;
        for (int i = 0; i < name.Length; i++)
        {
            char sent = name[i] == '_' ? '-' : name[i];
            char wanted = known[i] == '_' ? '-' : known[i];
            if (char.ToUpperInvariant(sent) != char.ToUpperInvariant(wanted))
                return false;
        }

        return true;
    }

    private static bool Is(string name, string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
}
