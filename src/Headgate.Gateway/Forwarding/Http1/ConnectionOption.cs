namespace Headgate.Gateway.Forwarding.Http1;

/// <summary>Reads the lists of <c>Connection</c> and <c>Keep-Alive</c> (RFC 9110 §7.6.1).</summary>
internal static class ConnectionOption
{
    /// <summary>Whether a comma-separated list has an item, whatever its case.</summary>
    public static bool Contains(ReadOnlySpan<char> list, ReadOnlySpan<char> item)
    {
        foreach (Range range in list.Split(','))
        {
            if (list[range].Trim(" \t").Equals(item, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The seconds of the <c>timeout</c> parameter; 0 when there is none that makes sense.</summary>
    public static int KeepAliveTimeoutSeconds(ReadOnlySpan<char> value)
    {
        const string parameter = "timeout=";
        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> item = value[range].Trim(" \t");
            if (item.StartsWith(parameter, StringComparison.OrdinalIgnoreCase) &&
                int.TryParse(item[parameter.Length..], System.Globalization.NumberStyles.None, null, out int seconds))
                return seconds;
        }

        return 0;
    }
}
